// SPDX-License-Identifier: GPL-3.0
/*
    Copyright 2021 0KIMS association.

    This file is generated with [snarkJS](https://github.com/iden3/snarkjs).

    snarkJS is a free software: you can redistribute it and/or modify it
    under the terms of the GNU General Public License as published by
    the Free Software Foundation, either version 3 of the License, or
    (at your option) any later version.

    snarkJS is distributed in the hope that it will be useful, but WITHOUT
    ANY WARRANTY; without even the implied warranty of MERCHANTABILITY
    or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public
    License for more details.

    You should have received a copy of the GNU General Public License
    along with snarkJS. If not, see <https://www.gnu.org/licenses/>.
*/

pragma solidity >=0.7.0 <0.9.0;

contract Groth16Verifier {
    // Scalar field size
    uint256 constant r    = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    // Base field size
    uint256 constant q   = 21888242871839275222246405745257275088696311157297823662689037894645226208583;

    // Verification Key data
    uint256 constant alphax  = 17870563355322686059310396998211815666794506536595946954027286352473038383117;
    uint256 constant alphay  = 11207853766207563399545034371099155144551194716060865687448325500002311240777;
    uint256 constant betax1  = 15723013322623946243008402327259233361312526011898707583496382151646041159448;
    uint256 constant betax2  = 6341739628056310938206424058348172199974182727424530833984507885997010022761;
    uint256 constant betay1  = 11843043136718514171465117229241280396453903367450639736685926998885072369652;
    uint256 constant betay2  = 10854381288718102467263557533180847397557611312826741255760626191264108521380;
    uint256 constant gammax1 = 11559732032986387107991004021392285783925812861821192530917403151452391805634;
    uint256 constant gammax2 = 10857046999023057135944570762232829481370756359578518086990519993285655852781;
    uint256 constant gammay1 = 4082367875863433681332203403145435568316851327593401208105741076214120093531;
    uint256 constant gammay2 = 8495653923123431417604973247489272438418190587263600148770280649306958101930;
    uint256 constant deltax1 = 10900556985306887726303080995782211680478883127288592162713482870216028553838;
    uint256 constant deltax2 = 14550170299391076068900562824634408845523310375745102231977190325610190468935;
    uint256 constant deltay1 = 16255196804861469032958571209003996490662919898558641963528777060439731236326;
    uint256 constant deltay2 = 13029172901889587582359160721018412570320606589994644307526669867170631387205;

    
    uint256 constant IC0x = 8728853375947572401630906745396139328674524629010413531062916921068121068431;
    uint256 constant IC0y = 15001619679914693993682390550748211639980987892586993869870506879056018064005;
    
    uint256 constant IC1x = 16637889410538438555927180499621183091622132848007431507814302577140103556288;
    uint256 constant IC1y = 19900847471301881204371001598585506057352408108570431449224092335359842206515;
    
    uint256 constant IC2x = 6675109238445769261114621364374036551831153788793936414225451038928953381355;
    uint256 constant IC2y = 16347464206103107965138311652080634995957803949006882922122585931355100081453;
    
    uint256 constant IC3x = 15691776767223093149810831609659271745342967176933822781358216492468207340087;
    uint256 constant IC3y = 19310259680397384326285688021171479477634539142142379188126859335613166902212;
    
    uint256 constant IC4x = 7435155623250797350946532932524576340716974999664682588084814668916580204901;
    uint256 constant IC4y = 9308409659142054504366757627307938559014427300570189834646435047275461462831;
    
    uint256 constant IC5x = 15581200073296795223339375106500573069289180899399116437550891993457743267681;
    uint256 constant IC5y = 3574414172957043853996832935276481454117884174169616411692992519719740149217;
    
    uint256 constant IC6x = 6628670823658530229912450922147582261515535927388915624253705809614723641078;
    uint256 constant IC6y = 20106296954695056106642926200770043989247882341094818319329684523127943828880;
    
    uint256 constant IC7x = 20087583416193403274334884007224630732266391967564283300061841419318864151577;
    uint256 constant IC7y = 13515956737856961822857481429498240952957773823172731548552277925079324300575;
    
    uint256 constant IC8x = 10068281892595287303126285592746828385151480783432675814417927183342003352003;
    uint256 constant IC8y = 18449226379472190798801335131808352610010669162410625907776721713193516789838;
    
    uint256 constant IC9x = 9386603556405006712736792502653492761765691034937810599955983868097306723997;
    uint256 constant IC9y = 2917184258865393903743609750692225584897445823920120827642154177741371042187;
    
 
    // Memory data
    uint16 constant pVk = 0;
    uint16 constant pPairing = 128;

    uint16 constant pLastMem = 896;

    function verifyProof(uint[2] calldata _pA, uint[2][2] calldata _pB, uint[2] calldata _pC, uint[9] calldata _pubSignals) public view returns (bool) {
        assembly {
            function checkField(v) {
                if iszero(lt(v, r)) {
                    mstore(0, 0)
                    return(0, 0x20)
                }
            }
            
            // G1 function to multiply a G1 value(x,y) to value in an address
            function g1_mulAccC(pR, x, y, s) {
                let success
                let mIn := mload(0x40)
                mstore(mIn, x)
                mstore(add(mIn, 32), y)
                mstore(add(mIn, 64), s)

                success := staticcall(sub(gas(), 2000), 7, mIn, 96, mIn, 64)

                if iszero(success) {
                    mstore(0, 0)
                    return(0, 0x20)
                }

                mstore(add(mIn, 64), mload(pR))
                mstore(add(mIn, 96), mload(add(pR, 32)))

                success := staticcall(sub(gas(), 2000), 6, mIn, 128, pR, 64)

                if iszero(success) {
                    mstore(0, 0)
                    return(0, 0x20)
                }
            }

            function checkPairing(pA, pB, pC, pubSignals, pMem) -> isOk {
                let _pPairing := add(pMem, pPairing)
                let _pVk := add(pMem, pVk)

                mstore(_pVk, IC0x)
                mstore(add(_pVk, 32), IC0y)

                // Compute the linear combination vk_x
                
                g1_mulAccC(_pVk, IC1x, IC1y, calldataload(add(pubSignals, 0)))
                
                g1_mulAccC(_pVk, IC2x, IC2y, calldataload(add(pubSignals, 32)))
                
                g1_mulAccC(_pVk, IC3x, IC3y, calldataload(add(pubSignals, 64)))
                
                g1_mulAccC(_pVk, IC4x, IC4y, calldataload(add(pubSignals, 96)))
                
                g1_mulAccC(_pVk, IC5x, IC5y, calldataload(add(pubSignals, 128)))
                
                g1_mulAccC(_pVk, IC6x, IC6y, calldataload(add(pubSignals, 160)))
                
                g1_mulAccC(_pVk, IC7x, IC7y, calldataload(add(pubSignals, 192)))
                
                g1_mulAccC(_pVk, IC8x, IC8y, calldataload(add(pubSignals, 224)))
                
                g1_mulAccC(_pVk, IC9x, IC9y, calldataload(add(pubSignals, 256)))
                

                // -A
                mstore(_pPairing, calldataload(pA))
                mstore(add(_pPairing, 32), mod(sub(q, calldataload(add(pA, 32))), q))

                // B
                mstore(add(_pPairing, 64), calldataload(pB))
                mstore(add(_pPairing, 96), calldataload(add(pB, 32)))
                mstore(add(_pPairing, 128), calldataload(add(pB, 64)))
                mstore(add(_pPairing, 160), calldataload(add(pB, 96)))

                // alpha1
                mstore(add(_pPairing, 192), alphax)
                mstore(add(_pPairing, 224), alphay)

                // beta2
                mstore(add(_pPairing, 256), betax1)
                mstore(add(_pPairing, 288), betax2)
                mstore(add(_pPairing, 320), betay1)
                mstore(add(_pPairing, 352), betay2)

                // vk_x
                mstore(add(_pPairing, 384), mload(add(pMem, pVk)))
                mstore(add(_pPairing, 416), mload(add(pMem, add(pVk, 32))))


                // gamma2
                mstore(add(_pPairing, 448), gammax1)
                mstore(add(_pPairing, 480), gammax2)
                mstore(add(_pPairing, 512), gammay1)
                mstore(add(_pPairing, 544), gammay2)

                // C
                mstore(add(_pPairing, 576), calldataload(pC))
                mstore(add(_pPairing, 608), calldataload(add(pC, 32)))

                // delta2
                mstore(add(_pPairing, 640), deltax1)
                mstore(add(_pPairing, 672), deltax2)
                mstore(add(_pPairing, 704), deltay1)
                mstore(add(_pPairing, 736), deltay2)


                let success := staticcall(sub(gas(), 2000), 8, _pPairing, 768, _pPairing, 0x20)

                isOk := and(success, mload(_pPairing))
            }

            let pMem := mload(0x40)
            mstore(0x40, add(pMem, pLastMem))

            // Validate that all evaluations ∈ F
            
            checkField(calldataload(add(_pubSignals, 0)))
            
            checkField(calldataload(add(_pubSignals, 32)))
            
            checkField(calldataload(add(_pubSignals, 64)))
            
            checkField(calldataload(add(_pubSignals, 96)))
            
            checkField(calldataload(add(_pubSignals, 128)))
            
            checkField(calldataload(add(_pubSignals, 160)))
            
            checkField(calldataload(add(_pubSignals, 192)))
            
            checkField(calldataload(add(_pubSignals, 224)))
            
            checkField(calldataload(add(_pubSignals, 256)))
            

            // Validate all evaluations
            let isValid := checkPairing(_pA, _pB, _pC, _pubSignals, pMem)

            mstore(0, isValid)
             return(0, 0x20)
         }
     }
 }
