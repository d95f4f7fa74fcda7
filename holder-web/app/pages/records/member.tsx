// Who somebody is: by the directory's name, and by the roles that the wallet asked the chain about itself.
import { Mark } from '#faces/parts/mark.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Member } from '#records/client/members.ts';
import type { KnownMember } from '#wallet-app/records/states.ts';
import { useRecordsWords, type RecordsSpeech } from './context.tsx';

export function rolesInWords({ roles, country }: Member, { r, say, listOf, language, capital }: RecordsSpeech): string {
  const standing = roles.filter((each) => each.standing === 'active').map(({ role }) => r.roles[role]);
  const where = new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country;
  return standing.length === 0 ? where : say(r.share.roles, { roles: capital(listOf(standing)), country: where });
}

export function MemberCard({ member }: { readonly member: KnownMember }) {
  const speech = useRecordsWords();
  const { r, say, memberOf } = speech;
  const kind = member.standing !== 'active' || member.chain === 'differs' ? 'bad' : member.chain === 'agrees' ? 'good' : 'warn';
  return (
    <div class="card member-card">
      <p class="member-name"><Text>{member.name}</Text></p>
      <p class="soft">{rolesInWords(member, speech)}</p>
      <p class="status checked" data-kind={kind}><Mark kind={kind} /><span class="strong">{r.share.chain[member.chain]}</span></p>
      {member.standing !== 'active' && <Notice kind="bad">{say(r.share.notStanding, { who: memberOf(member) })}</Notice>}
    </div>
  );
}
