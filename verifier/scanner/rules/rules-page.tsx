// Rules: the list, one of them, a new one. `#/rules`, `#/rules/new`, `#/rules/new/<id>`, `#/rules/<id>/<version>`, `#/rules/<id>/<version>/change`.
import { usePlace } from '#faces/navigation.ts';
import { RuleEditor } from './rule-editor.tsx';
import { RuleList } from './rule-list.tsx';
import { RuleView } from './rule-view.tsx';

export function RulesPage() {
  const { path: [, id, version, then] } = usePlace();
  if (id === undefined) return <RuleList />;
  if (id === 'new') return <RuleEditor key={version} from={version} />;
  if (then === 'change') return <RuleEditor key={`${id}@${version}`} from={id} version={Number(version)} />;
  return <RuleView key={`${id}@${version}`} id={id} version={Number(version)} />;
}
