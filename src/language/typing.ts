/** Types for a room's words, from its German file: the type checker names a wrong name and whatever is not told. */
import type { RoomFiles } from './files.ts';
import { LANGUAGES, SOURCE } from './languages.ts';
import type { Message, Need } from './message.ts';

const HEAD = '/** Written by `node scripts/schemas.ts`. */\n';

function typeOf(need: Need): string {
  if (need === 'number') return 'number';
  if (need === 'value') return 'string | number';
  return 'string';
}

function wordType(message: Message | undefined): string {
  if (!message || message.needs.size === 0) return 'string';
  const needs = [...message.needs].map(([name, need]) => `${name}: ${typeOf(need)}`);
  return `(values: { ${needs.join('; ')} }) => string`;
}

/** As the formatter leaves it. */
const WIDTH = 110;

function lineOf(key: string, message: Message | undefined): string {
  const line = `    ${key}: ${wordType(message)};`;
  if (line.length <= WIDTH) return line;
  return line.replace('{ ', '{\n      ').replaceAll('; ', ';\n      ').replace(' })', ';\n    })');
}

/** @returns the source of `words/keys.ts` */
export function keysOf({ files, room }: RoomFiles): string {
  const source = files.get(SOURCE);
  const groups = new Map<string, string[]>();
  for (const name of source?.texts.keys() ?? []) {
    const [group = '', key = ''] = name.split('.');
    const line = `${lineOf(key, source?.messages.get(name))}\n`;
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  const body = [...groups].map(([group, lines]) => `  ${group}: {\n${lines.join('')}  };\n`).join('');
  return `${HEAD}\n/** What the room "${room}" can say. */\nexport interface Words {\n${body}}\n`;
}

/** @returns the source of `src/language/keys.ts` */
export function languageKeys(): string {
  const names = LANGUAGES.map((language) => `'${language}'`).join(' | ');
  return `${HEAD}\n/** A language that people can choose; \`languages.yaml\` says what it is. */\nexport type Language = ${names};\n`;
}
