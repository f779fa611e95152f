import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format } from 'prettier';

/**
 * The types of an application's interface as its document has them now, and as the file has them that the console was written for.
 * `TRIPOINT_WRITE_CLIENT=1` writes that file anew.
 */
export const generatedClient = async (
  app: string,
  document: object,
  file: string,
): Promise<{ readonly now: string; readonly written: string }> => {
  const types = astToString(await openapiTS(document as OpenAPI3, { alphabetize: true }));
  const header = `// Generated from the OpenAPI document of \`${app}\`; ${app}.e2e.spec.ts says how, and that it is current.\n`;
  const now = await format(`${header}${types}`, {
    parser: 'typescript',
    singleQuote: true,
    printWidth: 100,
  });
  if (process.env['TRIPOINT_WRITE_CLIENT'] !== undefined) await writeFile(file, now);
  return { now, written: await readFile(file, 'utf8') };
};
