import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { FaultResponse, ProblemResponse } from '@tripoint/contracts';
import { PROBLEM_JSON } from '../problem/problem.filter.js';

/** What the document says of the whole interface. */
export type InterfaceDescription = {
  readonly title: string;
  readonly description: string;
  readonly version: string;
};

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

const PROBLEM_RESPONSES = {
  '400': ['MalformedOrInvalid', 'The request is malformed or not valid.'],
  '401': ['NotSignedIn', 'The request carries no token of a live session.'],
  '403': ['Forbidden', 'The officer who is signed in may not do this.'],
  '404': ['NotFound', 'Nothing is here, or nothing that the caller may see.'],
  '409': ['Conflict', 'The present state says no.'],
  '412': ['VersionMoved', 'The resource has changed since it was read.'],
  '413': ['BodyTooLarge', 'The body is too large.'],
  '415': ['MediaTypeUnsupported', 'The body is not JSON.'],
  '428': ['VersionRequired', 'The edit names no version.'],
  '429': ['TooManyStreams', 'The officer holds too many live streams open.'],
  '500': ['InternalError', 'Something broke on this side.'],
  '503': ['Unavailable', 'Something that the node depends on is away; try again later.'],
} as const;
type ProblemStatus = keyof typeof PROBLEM_RESPONSES;

const ruleOf = (operation: Operation): string | undefined =>
  (operation as { 'x-rule'?: string })['x-rule'];

/** Who may call it, for whoever reads the page; `x-rule` says the same for programs. */
const whoMay = (rule: string): string => {
  if (rule === 'public') return 'Anybody may call it.';
  return rule === 'signed-in'
    ? 'Any officer who is signed in may call it.'
    : `For officers who have one of these roles: ${rule.replaceAll(' ', ', ')}.`;
};

/** Which problems an operation can answer with follows from what it takes and who may call it. */
const statusesOf = (operation: Operation, path: string): ProblemStatus[] => {
  const headers = (operation.parameters ?? []).flatMap((parameter) =>
    'in' in parameter && parameter.in === 'header' ? [parameter.name] : [],
  );
  const takesBody = operation.requestBody !== undefined;
  const takesInput = takesBody || (operation.parameters ?? []).length > 0;
  const isPublic = ruleOf(operation) === 'public';
  const command = headers.includes('Idempotency-Key');
  const edit = headers.includes('If-Match');
  return [
    ...(takesInput ? (['400'] as const) : []),
    ...(isPublic ? [] : (['401', '403'] as const)),
    ...(path.includes('{') ? (['404'] as const) : []),
    ...(command || edit ? (['409'] as const) : []),
    ...(edit ? (['412', '428'] as const) : []),
    ...(takesBody ? (['413', '415'] as const) : []),
    ...(headers.includes('Last-Event-ID') ? (['429'] as const) : []),
    '500',
    '503',
  ];
};

/** Adds what every operation has in common, so that no controller can forget it. */
const completed = (document: OpenAPIObject): OpenAPIObject => {
  document.components ??= {};
  document.components.responses = Object.fromEntries(
    Object.values(PROBLEM_RESPONSES).map(([name, description]) => [
      name,
      {
        description,
        content: { [PROBLEM_JSON]: { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
      },
    ]),
  );
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const rule = ruleOf(operation);
      if (rule !== undefined)
        operation.description = [operation.description, whoMay(rule)].filter(Boolean).join('\n\n');
      for (const status of statusesOf(operation, path))
        operation.responses[status] ??= {
          $ref: `#/components/responses/${PROBLEM_RESPONSES[status][0]}`,
        };
    }
  return document;
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The OpenAPI document of an application, complete enough to generate a client from. */
export const openApiDocument = (
  app: INestApplication,
  { title, description, version }: InterfaceDescription,
): OpenAPIObject =>
  completed(
    SwaggerModule.createDocument(
      app,
      new DocumentBuilder()
        .setTitle(title)
        .setDescription(description)
        .setVersion(version)
        .setOpenAPIVersion('3.0.3')
        .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'From `POST /sessions`.' })
        .build(),
      {
        extraModels: [ProblemResponse, FaultResponse],
        operationIdFactory: (controller, method) =>
          `${lowerFirst(controller.replace(/Controller$/, ''))}_${method}`,
      },
    ),
  );

/** Serves the document at `/docs-json` and a page that shows it, from this origin alone, at `/docs`. */
export const serveDocument = (app: INestApplication, description: InterfaceDescription): void => {
  // A function: the document is built when somebody asks for it, and a start does not wait for it.
  SwaggerModule.setup('docs', app, () => openApiDocument(app, description), {
    jsonDocumentUrl: 'docs-json',
    raw: ['json'],
    customSiteTitle: description.title,
    // The page would otherwise send the document to a validator on the Internet.
    swaggerOptions: { validatorUrl: null, persistAuthorization: false },
  });
};
