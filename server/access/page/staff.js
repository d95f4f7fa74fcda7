// What the pages for staff do in the browser: join by the invitation that stands behind # in the address, or sign in. Nothing is written into the
// page but text.
const button = document.querySelector('button');
const status = document.querySelector('[role=status]');
const isJoining = location.pathname.endsWith('/join');
const invitation = location.hash.slice(1);

async function post(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', 'healthpass-csrf': '1' }, ...(body && { body: JSON.stringify(body) }) });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(answer.title);
  return answer;
}

async function join() {
  const options = await post('/staff/join/options', { invitation });
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  await post('/staff/join', { invitation, credential: credential.toJSON() });
  history.replaceState(null, '', '/staff/sign-in'); // the code is used up, and need not stay in the history
}

async function signIn() {
  const options = await post('/staff/sign-in/options');
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  await post('/staff/sign-in', { credential: credential.toJSON() });
}

button.addEventListener('click', async () => {
  button.disabled = true;
  status.textContent = 'Follow what your device asks.';
  try {
    await (isJoining && invitation ? join() : signIn());
    const { home } = document.body.dataset;
    if (home) return location.replace(home); // the code that stood behind # is not in the history either
    const { displayName, roles } = await (await fetch('/staff/me')).json();
    status.textContent = `Signed in as ${displayName} (${roles.join(', ')}).`;
    button.hidden = true;
  } catch (error) {
    status.textContent = error.name === 'NotAllowedError' ? 'That did not happen. Try again.' : error.message;
    button.disabled = false;
  }
});
