// What a Data Integrity proof covers is a graph: the names under which a document writes it are not signed. Whoever holds a credential could bring a
// context of his own, or write a whole IRI, and so rename `credentialStatus` or `validUntil`: it would still verify, and never have run out or been
// revoked. So whatever the graph says of the credential itself has to stand in the document under its own name.
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { loadDocument } from './contexts.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { VcProblem } from './problem.ts';

const CREDENTIALS = 'https://www.w3.org/2018/credentials#';
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
/** A statement of the default graph, in canonical N-Quads. */
const STATEMENT = /^(<[^>]*>|_:\S+) <([^>]*)> (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@\S+)?) \.$/;

type Statement = { readonly subject: string; readonly predicate: string; readonly object: string };

/** @throws VcProblem `PARSING_ERROR` for a credential that says something of itself under another name */
export async function assertSignedTerms(credential: JsonObject): Promise<void> {
  const { proof: _, ...unsecured } = credential;
  const statements = readStatements(await cryptosuite.canonize(unsecured, { documentLoader: loadDocument, base: null, safe: true }));
  const own = statementsOf(statements, credential['id']);
  const names = new Set(own.map(nameOf));
  for (const name of names) if (name !== undefined && own.filter((statement) => nameOf(statement) === name).length !== countOf(credential[name])) throw renamed(name);
}

function readStatements(quads: string): Statement[] {
  return quads.split('\n').flatMap((line) => {
    const [, subject, predicate, object] = STATEMENT.exec(line) ?? [];
    return subject === undefined ? [] : [{ subject, predicate: predicate!, object: object! }]; // the pattern has three groups
  });
}

/** What is said of the credential: of the one node of that type, or of the one that has the document's id. */
function statementsOf(statements: readonly Statement[], id: unknown): Statement[] {
  const nodes = [...new Set(statements.filter(({ predicate, object }) => predicate === TYPE && object === `<${CREDENTIALS}VerifiableCredential>`).map(({ subject }) => subject))];
  const node = nodes.length === 1 ? nodes[0] : nodes.find((subject) => subject === `<${String(id)}>`);
  if (node === undefined) throw new VcProblem('PARSING_ERROR', 'it cannot be told which of several credentials in it the document is');
  return statements.filter(({ subject }) => subject === node);
}

/** The member that stands for a statement in all documents: terms of the base contexts are named like their IRIs, and cannot be redefined. */
const nameOf = ({ predicate }: Statement): string | undefined => (predicate === TYPE ? 'type' : predicate.startsWith(CREDENTIALS) ? predicate.slice(CREDENTIALS.length) : undefined);

/** Values that differ: one that is there twice makes one statement. */
function countOf(value: unknown): number {
  const values = [value].flat().filter((one) => one !== undefined && one !== null);
  return new Set(values.map((one, i) => (!isJsonObject(one) ? String(one) : typeof one['id'] === 'string' ? one['id'] : i))).size;
}

const renamed = (name: string) => new VcProblem('PARSING_ERROR', `the document says ${name.replace(/[^A-Za-z]/g, '')} under another name`);
