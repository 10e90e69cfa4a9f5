/** What the app answers to each command, and how it reads one. */
import type { RawData } from 'ws';
import { type Message, type Readers, readerFacts, type Say, type Secret, type Workflow } from './workflow.ts';

export interface Command {
  cmd: string;
  [key: string]: unknown;
}

type Answer = (fields: Command, reply: Say) => void;

const LEVELS = [1, 2];
const CURRENT = 2;
const SECRETS: Readonly<Record<string, Secret>> = {
  SET_PIN: 'PIN',
  SET_CAN: 'CAN',
  SET_PUK: 'PUK',
  SET_NEW_PIN: 'NEW_PIN',
};

/** As at `/eID-Client?Status`. */
export const VERSION = {
  'Implementation-Title': 'AusweisApp2',
  'Implementation-Vendor': 'Stand-in',
  'Implementation-Version': '1.26.2',
  Name: 'AusweisApp2',
  'Specification-Title': 'TR-03124',
  'Specification-Vendor': 'Federal Office for Information Security',
  'Specification-Version': '1.3',
};

/** @returns the command, or what the app says is wrong with it */
export function readCommand(data: RawData): Command | { invalid: string } {
  const broken = { invalid: 'illegal value (offset: 1)' };
  try {
    const value: unknown = JSON.parse(data.toString());
    if (typeof value !== 'object' || value === null) return broken;
    const fields: Record<string, unknown> = { ...value };
    const { cmd } = fields;
    return typeof cmd === 'string' ? { ...fields, cmd } : { invalid: 'Command cannot be undefined' };
  } catch {
    return broken;
  }
}

function levelError(level: unknown): string | undefined {
  if (level === undefined) return 'Level cannot be undefined';
  if (typeof level !== 'number') return 'Invalid level';
  return LEVELS.includes(level) ? undefined : 'Unknown level';
}

/** @param known readers that the client has been told of */
export function createAnswers(
  known: () => Readers[keyof Readers][],
  workflow: Workflow,
): Map<string, Answer> {
  const readerNamed = (name: unknown): Message => {
    if (name === undefined) return { msg: 'READER', error: 'Name cannot be undefined' };
    const found = known().find((reader) => reader.name === name);
    return { msg: 'READER', ...(found ? readerFacts(found) : { name, attached: false }) };
  };
  const answers: Record<string, Answer> = {
    GET_INFO: (_, reply) => reply({ msg: 'INFO', VersionInfo: VERSION }),
    GET_API_LEVEL: (_, reply) => reply({ msg: 'API_LEVEL', available: LEVELS, current: CURRENT }),
    SET_API_LEVEL({ level }, reply) {
      const error = levelError(level);
      reply({ msg: 'API_LEVEL', ...(error !== undefined && { error }), current: CURRENT });
    },
    GET_STATUS: (_, reply) => reply({ msg: 'STATUS', ...workflow.status() }),
    GET_READER: ({ name }, reply) => reply(readerNamed(name)),
    GET_READER_LIST: (_, reply) => reply({ msg: 'READER_LIST', readers: known().map(readerFacts) }),
    RUN_CHANGE_PIN: (_, reply) => workflow.run(reply),
    SET_CARD: ({ name }, reply) => workflow.setCard(name, reply),
    CANCEL: (_, reply) => workflow.cancel(reply),
  };
  for (const [cmd, secret] of Object.entries(SECRETS)) {
    answers[cmd] = ({ value }, reply) => workflow.set(secret, value, reply);
  }
  return new Map(Object.entries(answers));
}
