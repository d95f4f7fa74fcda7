// The description of a service as a page to read: made from the OpenAPI document alone, so that it says what the document says.
import { html, raw } from 'hono/html';
import type { oas31 } from 'zod-openapi';
import { DOCS_STYLE } from './docs-style.ts';
import type { OpenApiDocument } from './openapi.ts';
import { fieldsOf, isReference, typeOf, type Field, type Schema } from './schema-fields.ts';

type Part = ReturnType<typeof html>;
type Operation = oas31.OperationObject & { readonly method: string; readonly path: string };

/** @returns the whole page */
export const renderDocs = async (document: OpenApiDocument): Promise<string> => String(await page(document));

function page(document: OpenApiDocument): Part {
  const { info: { title, description, version }, tags = [], components } = document;
  const operations = operationsOf(document);
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${raw(DOCS_STYLE)}</style></head>
<body>
<a class="skip" href="#routes">Skip to the routes</a>
<header><h1>${title}</h1><p>${description}</p><p>Version ${version}. For programs: <a href="/openapi.json">the OpenAPI 3.1 document</a>.</p></header>
<nav aria-label="Routes">${tags.map(({ name }) => html`<p id="tag-${name}">${name}</p><ul aria-labelledby="tag-${name}">${operations.filter((one) => one.tags?.includes(name)).map(entry)}</ul>`)}</nav>
<main id="routes">
${tags.map(({ name, description: says }) => html`<section><h2>${name}</h2><p>${says ?? ''}</p>${operations.filter((one) => one.tags?.includes(name)).map(operation)}</section>`)}
<section><h2>Schemas</h2>${Object.entries(components?.schemas ?? {}).map(([name, schema]) => html`<article id="schema-${name}"><h3><code>${name}</code></h3>${shape(schema, name)}</article>`)}</section>
<section><h2>Who calls</h2>${Object.entries(components?.securitySchemes ?? {}).map(([name, scheme]) => html`<article id="scheme-${name}"><h3><code>${name}</code></h3><p>${scheme.description}</p></article>`)}</section>
</main>
</body>
</html>`;
}

const entry = ({ operationId, method, path }: Operation): Part => html`<li><a href="#${operationId}"><code><span class="method">${method}</span> ${path}</code></a></li>`;

const METHODS = ['get', 'post', 'put', 'delete'] as const;

const operationsOf = ({ paths = {} }: OpenApiDocument): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) => METHODS.flatMap((method) => (item[method] ? [{ ...item[method], method: method.toUpperCase(), path }] : [])));

function operation({ method, path, summary, description, operationId, parameters = [], requestBody, responses = {}, security = [] }: Operation): Part {
  return html`<article id="${operationId}">
<h3><code><span class="method">${method}</span> ${path}</code></h3>
<p>${summary}.</p>
<p class="asks">${description ?? ''} ${caller(security)}</p>
${parameters.length === 0 ? '' : table('Parameters', ['name', 'type', 'meaning'], parameters.map(parameterRow))}
${requestBody && !isReference(requestBody) ? contents('Body', requestBody.content) : ''}
${table('Answers', ['status', 'meaning', 'content'], Object.entries(responses).map(([status, response]) => answerRow(status, response as oas31.ResponseObject)))}
${Object.entries(responses).filter(([status]) => status.startsWith('2')).map(([status, response]) => contents(`Answer ${status}`, (response as oas31.ResponseObject).content ?? {}))}
</article>`;
}

function caller(security: readonly oas31.SecurityRequirementObject[]): Part {
  const names = security.flatMap((one) => Object.keys(one));
  return names.length === 0 ? html`Anybody may call.` : html`Callers show ${names.map((name, i) => html`${i > 0 ? ' or ' : ''}<a href="#scheme-${name}">${name}</a>`)}.`;
}

function parameterRow(parameter: oas31.ParameterObject | oas31.ReferenceObject): Part[] {
  if (isReference(parameter)) return [html``, html``, html``];
  const { name, in: place, required, schema = {}, description } = parameter;
  return [html`<code>${name}</code> <span class="asks">in ${place}${required ? '' : ', optional'}</span>`, typed(schema), html`${description ?? (isReference(schema) ? '' : schema.description ?? '')}`];
}

/** Errors name their shape, which stands below once; answers are written out after the table. */
const answerRow = (status: string, { description, content = {} }: oas31.ResponseObject): Part[] =>
  [html`${status}`, html`${description}`, html`${Object.entries(content).map(([type, { schema }]) => html`<code>${type}</code> ${schema && isReference(schema) ? typed(schema) : ''}`)}`];

const contents = (name: string, content: oas31.ContentObject): Part =>
  html`${Object.entries(content).map(([type, { schema }]) => (schema ? html`<h4>${name} <code>${type}</code></h4>${shape(schema, `${name}, ${type}`)}` : ''))}`;

/** A schema: its type, and its fields where it has some. */
function shape(schema: Schema, name: string): Part {
  const fields = fieldsOf(schema);
  const says = isReference(schema) ? '' : schema.description ?? '';
  return html`<p>${says}</p>${fields.length === 0 ? html`<p>${typed(schema)}</p>` : table(`Fields: ${name}`, ['field', 'type', 'meaning'], fields.map(fieldRow), true)}`;
}

const fieldRow = ({ name, type, required, description }: Field): Part[] =>
  [html`<code>${name}</code>${required ? '' : html` <span class="asks">optional</span>`}`, html`${type}`, html`${description}`];

const typed = (schema: Schema): Part =>
  (isReference(schema) ? html`<a href="#schema-${typeOf(schema)}">${typeOf(schema)}</a>` : html`${typeOf(schema)}`);

function table(caption: string, heads: readonly string[], rows: readonly Part[][], isHidden = false): Part {
  const head = html`<thead><tr>${heads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;
  const body = html`<tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>`;
  return html`${isHidden ? '' : html`<h4>${caption}</h4>`}<div class="wide"><table aria-label="${caption}">${head}${body}</table></div>`;
}
