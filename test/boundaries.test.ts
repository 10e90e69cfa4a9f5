import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { checkBoundaries } from '../scripts/boundaries.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** @returns what the check says about a house that consists of these files */
function checkHouse(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'amtomat-house-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkBoundaries(root);
}

describe('the rules of the house', () => {
  it('hold in this repository', () => {
    assert.deepEqual(checkBoundaries(join(import.meta.dirname, '..')), []);
  });

  it('let rooms use each other through their index', () => {
    const problems = checkHouse({
      'src/cases/index.ts': "export { a } from './a.ts';\n",
      'src/cases/a.ts':
        "import { createDb } from '#db';\nimport { randomUUID } from 'node:crypto';\nexport const a = 1;\n",
      'src/db/index.ts': "import pg from 'pg';\nexport const createDb = pg;\n",
      'src/desk/page.tsx':
        "import { Fragment } from '../web/jsx/jsx-runtime.ts';\nimport { a } from '#cases';\n",
      'src/desk/page.fixture.ts': 'export const server = process.env.AMTOMAT_TEST_PG;\n',
      'src/server.ts': "const { startOidc } = await import('#sandbox/oidc');\n",
    });
    assert.deepEqual(problems, []);
  });

  const planted: Record<string, { files: Record<string, string>; says: RegExp }> = {
    'a way into a room past its index': {
      files: { 'src/desk/index.ts': "\nimport { x } from '../cases/store.ts';\n" },
      says: /^src\/desk\/index\.ts:2: room "cases" is entered by its index\.ts only$/,
    },
    'the same by a type, over several lines': {
      files: { 'src/desk/index.ts': "import type {\n  X,\n  Y,\n} from '../cases/store.ts';\n" },
      says: /^src\/desk\/index\.ts:1: room "cases"/,
    },
    'the same by handing it on': {
      files: { 'src/desk/index.ts': "export * from '../cases/store.ts';\n" },
      says: /room "cases" is entered by its index/,
    },
    'the same from a test of the whole system': {
      files: { 'src/cases/index.ts': '', 'test/a.test.ts': "import { x } from '../src/cases/store.ts';\n" },
      says: /^test\/a\.test\.ts:1: room "cases"/,
    },
    'the same by import()': {
      files: { 'src/desk/index.ts': "const x = await import('../cases/store.ts');\n" },
      says: /room "cases" is entered by its index/,
    },
    'a circle of two rooms': {
      files: { 'src/a/index.ts': "import { b } from '#b';\n", 'src/b/x.ts': "import { a } from '#a';\n" },
      says: /circle: a -> b -> a$/,
    },
    'a circle of three, closed by a type': {
      files: {
        'src/a/index.ts': "import { b } from '#b';\n",
        'src/b/index.ts': "import { c } from '#c';\n",
        'src/c/index.ts': "import type { A } from '#a';\n",
      },
      says: /circle: a -> b -> c -> a$/,
    },
    'a circle of two files in one room': {
      files: {
        'src/a/index.ts': "export { x } from './x.ts';\n",
        'src/a/x.ts': "import { y } from './y.ts';\n",
        'src/a/y.ts': "import type { X } from './x.ts';\n",
      },
      says: /^src\/a\/x\.ts: files import each other in a circle: src\/a\/x\.ts -> src\/a\/y\.ts -> src\/a\/x\.ts$/,
    },
    'a circle by the door of the own room': {
      files: {
        'src/a/index.ts': "export { x } from './x.tsx';\n",
        'src/a/x.tsx': "import { y } from '#a';\n",
      },
      says: /circle: src\/a\/index\.ts -> src\/a\/x\.tsx -> src\/a\/index\.ts$/,
    },
    'a circle among what only tests use': {
      files: {
        'src/a/index.ts': '',
        'test/support/x.ts': "import { y } from '#test/y';\n",
        'test/support/y.ts': "import type { X } from './x.ts';\n",
      },
      says: /^test\/support\/x\.ts: files import each other in a circle/,
    },
    'a file in a pure room that reads files': {
      files: { 'src/service/compile.ts': "import { readFileSync } from 'node:fs';\n" },
      says: /room "service" is pure and may not import node:fs/,
    },
    'a pure room that asks the database': {
      files: { 'src/journey/walk.ts': "import { createDb } from '#db';\n" },
      says: /room "journey" is pure and may not import #db/,
    },
    'a pure room that uses a package nobody looked at': {
      files: { 'src/time/civil.ts': "import { x } from 'some-package';\n" },
      says: /room "time" is pure and may not import some-package/,
    },
    'chance in a pure room': {
      files: { 'src/journey/walk.ts': 'export const x = Math.random();\n' },
      says: /room "journey" is pure: no random/,
    },
    'a clock of its own': {
      files: { 'src/cases/a.ts': '// Date.now() is forbidden\nexport const at = Date.now();\n' },
      says: /^src\/cases\/a\.ts:2: time comes from the Clock only/,
    },
    'a clock of its own, the other way': {
      files: { 'src/cases/a.ts': 'export const at = new Date();\n' },
      says: /time comes from the Clock only/,
    },
    'a clock in a pure room': {
      files: { 'src/service/a.ts': 'export const at = new Date( );\n' },
      says: /time comes from the Clock only/,
    },
    'a stand-in in the program': {
      files: { 'src/server.ts': "import { startOidc } from '#sandbox/oidc';\n" },
      says: /^src\/server\.ts:1: a stand-in of sandbox\//,
    },
    'a setting read past the configuration': {
      files: { 'src/db/pool.ts': 'export const url = process.env.DATABASE_URL;\n' },
      says: /settings come from #config only/,
    },
    'a room that uses the command': {
      files: { 'src/desk/index.ts': "import { run } from '../cli/start.ts';\n" },
      says: /nobody but the command itself uses src\/cli/,
    },
    'a way from one of the citizens’ rooms into another': {
      files: { 'src/errand/page.ts': "import { caseUrl } from '#status';\n" },
      says: /^src\/errand\/page\.ts:1: rooms "errand" and "status" do not know each other/,
    },
    'a sentence in a page': {
      files: {
        'src/status/page.tsx': 'export const page = (\n  <p>\n    Ihr Antrag\n    ist da.\n  </p>\n);\n',
      },
      says: /^src\/status\/page\.tsx:3: "Ihr Antrag ist da\." belongs into the words of its room/,
    },
    'a sentence that a page asks for with a small letter': {
      files: { 'src/status/page.tsx': 'export const page = <p class="a b">noch nie</p>;\n' },
      says: /page\.tsx:1: "noch nie" belongs/,
    },
    'a word in an attribute that is read out': {
      files: { 'src/status/page.tsx': 'export const page = <nav aria-label="Bereiche" />;\n' },
      says: /page\.tsx:1: "Bereiche" belongs/,
    },
    'a sentence of the desk beside its pages': {
      files: { 'src/desk/a.ts': "export const a = 'Der Code gilt einmal.';\n" },
      says: /^src\/desk\/a\.ts:1: "Der Code gilt einmal\." belongs/,
    },
    'a room that uses the wiring': {
      files: { 'src/desk/index.ts': "import { openOffice } from '../server.ts';\n" },
      says: /server\.ts wires the rooms; no room uses it/,
    },
  };
  for (const [name, { files, says }] of Object.entries(planted)) {
    it(`find ${name}`, () => {
      const problems = checkHouse(files);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', says);
    });
  }

  it('are not kept by a house without sources', () => {
    assert.throws(() => checkHouse({ 'README.md': '' }), /no sources to check/);
  });
});
