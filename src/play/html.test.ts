import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FormError, readForms } from './form.ts';
import { findAll, parseHtml, textOf } from './html.ts';

const formOf = (html: string) => {
  const [form] = readForms(parseHtml(html), 'http://office.test/service/probe/what');
  assert.ok(form);
  return form;
};
const sentBy = (html: string, button?: { name: string; value: string }) => formOf(html).press(button).entries;

test('text is read with its entities and without the markup in comments, scripts and attributes', () => {
  const page = parseHtml(
    `<!DOCTYPE html><html lang="de"><!-- <h1>no</h1> --><script>"<h1>no</h1>"</script>
     <h1 title="a > b">Müll &amp; <b>Gr&#246;&#xdf;e</b><br>2 &lt; 3</h1></html>`,
  );
  const headings = findAll(page, (element) => element.tag === 'h1');
  assert.deepEqual(headings.map(textOf), ['Müll & Größe2 < 3']);
  assert.equal(headings[0]?.attributes.title, 'a > b');
});

test('a page is read as browsers read it, also where it is not well formed', () => {
  const tags = (html: string, below = 'body') => {
    const [from] = findAll(parseHtml(html), ({ tag }) => tag === below);
    assert.ok(from);
    return findAll(from, () => true).map(({ tag }) => tag);
  };
  assert.deepEqual(tags('<p>one<p>two<ul><li>three<li>four</ul>'), ['p', 'p', 'ul', 'li', 'li']);
  assert.deepEqual(tags('<p>one<div>two</div></p>'), ['p', 'div', 'p'], 'a paragraph ends before a block');
  assert.deepEqual(tags('<form><div><form><input></form></div></form>'), ['form', 'div', 'input']);
  assert.deepEqual(tags('<table><tr><td>1</table>'), ['table', 'tbody', 'tr', 'td']);
  assert.deepEqual(
    tags('<p></p><noscript><a href="/">plain</a></noscript>'),
    ['p', 'noscript', 'a'],
    'there is no script',
  );
  const [field] = findAll(
    parseHtml(`<input value='a&copy&nbsp;b' VALUE="second" data-x=1>`),
    ({ tag }) => tag === 'input',
  );
  assert.deepEqual(field?.attributes, { value: 'a©\u00a0b', 'data-x': '1' });
});

test('of a text area only the line end that its markup begins with is no text', () => {
  assert.deepEqual(sentBy('<form><textarea name="note">\n\r\nyes</textarea></form>'), [['note', '\r\nyes']]);
});

test('a form sends what a browser would send', () => {
  const html = `<form method="post" action="/next">
    <input type="hidden" name="_csrf" value="t&quot;k">
    <input name="name" value="Đặng"><textarea name="note">
two
lines</textarea>
    <input type="radio" name="kind" value="bulky"><input type="radio" name="kind" value="white" checked>
    <input type="checkbox" name="items" value="sofa" checked><input type="checkbox" name="items" value="bed" checked>
    <input type="checkbox" name="unticked" value="yes">
    <select name="country"><option value="de">DE</option><option value="fr" selected>FR</option></select>
    <input name="off" value="x" disabled><fieldset disabled><input name="alsoOff" value="x"></fieldset>
    <button type="button" name="script" value="x">+</button>
    <button name="_action" value="next">Weiter</button><button name="_action" value="add:persons">Mehr</button>
  </form><input name="outside" value="x"><input name="joined" value="y" form="other"><form id="other"></form>`;
  assert.deepEqual(sentBy(html), [
    ['_csrf', 't"k'],
    ['name', 'Đặng'],
    ['note', 'two\r\nlines'],
    ['kind', 'white'],
    ['items', 'sofa'],
    ['items', 'bed'],
    ['country', 'fr'],
    ['_action', 'next'],
  ]);
  assert.deepEqual(sentBy(html, { name: '_action', value: 'add:persons' }).at(-1), [
    '_action',
    'add:persons',
  ]);
  const [, other] = readForms(parseHtml(html), 'http://office.test/a');
  assert.deepEqual(other?.press().entries, [['joined', 'y']]);
});

test('a button can lead the form elsewhere, and is not the one that is pressed by itself', () => {
  const html = `<form method="post" action="/here" id="f">
    <button formaction="/settings" name="language" value="en">English</button><button>Weiter</button></form>`;
  assert.equal(formOf(html).press().action, 'http://office.test/here');
  const away = formOf(html).press({ name: 'language', value: 'en' });
  assert.equal(away.action, 'http://office.test/settings');
  assert.deepEqual(away.entries, [['language', 'en']]);
});

test('filling in chooses what is offered and refuses what is not', () => {
  const html = `<form><input name="name"><input type="hidden" name="secret" value="1">
    <input type="radio" name="date" value="gone" disabled><input type="radio" name="date" value="a"><input type="radio" name="date" value="b">
    <input type="checkbox" name="items" value="sofa" checked><input type="checkbox" name="items" value="bed">
    <select name="country"><option value="de">DE</option></select><input type="file" name="paper"></form>`;
  const form = formOf(html);
  form.fill('name', 'Łukasz');
  form.fill('date', 'first-free');
  form.fill('items', ['bed']);
  form.fill('country', 'de');
  const paper = { name: 'a.pdf', mediaType: 'application/pdf', content: Buffer.from('x') };
  form.fill('paper', paper);
  assert.deepEqual(form.press().entries, [
    ['name', 'Łukasz'],
    ['secret', '1'],
    ['date', 'a'],
    ['items', 'bed'],
    ['country', 'de'],
    ['paper', paper],
  ]);
  for (const [name, value] of [
    ['nothing', 'x'],
    ['secret', '2'],
    ['date', 'gone'],
    ['items', 'piano'],
    ['country', 'xx'],
  ] as const)
    assert.throws(() => form.fill(name, value), FormError, `${name}=${value}`);
});

test('a field takes what a browser takes', () => {
  const html = `<form novalidate><input name="short" maxlength="6"><textarea name="note" maxlength="5"></textarea>
    <input name="fixed" readonly value="x"><fieldset disabled><legend><input name="inLegend"></legend><input name="off"></fieldset>
    <input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b">
    <input type="checkbox" name="items" value="sofa" checked><button>Go</button></form>`;
  const form = formOf(html);
  form.fill('short', '276000\n012345678');
  form.fill('note', 'a\r\nbcdef');
  form.fill('items', []);
  form.fill('inLegend', 'y');
  assert.equal(form.holds('short'), '276000');
  assert.equal(form.holds('note'), 'a\nbcd');
  assert.equal(form.holds('kind'), undefined);
  assert.deepEqual(form.press().entries, [
    ['short', '276000'],
    ['note', 'a\r\nbcd'],
    ['fixed', 'x'],
    ['inLegend', 'y'],
  ]);
  for (const [name, value] of [
    ['fixed', 'y'],
    ['off', 'y'],
    ['kind', ['a', 'b']],
    ['kind', []],
    ['short', ['a', 'b']],
  ] as const)
    assert.throws(() => form.fill(name, value), FormError, name);
});

test('a form that a browser would keep back is not sent, unless it says so', () => {
  const fields = `<input name="code" pattern="[0-9]{3}" value="12"><button>Go</button><button name="a" value="b" formnovalidate>Go</button>`;
  assert.throws(() => sentBy(`<form>${fields}</form>`), FormError);
  assert.equal(sentBy(`<form novalidate>${fields}</form>`).length, 1);
  assert.equal(sentBy(`<form>${fields}</form>`, { name: 'a', value: 'b' }).length, 2);
  assert.equal(sentBy(`<form>${fields.replace('value="12"', 'value="123"')}</form>`).length, 1);
  assert.throws(() => sentBy('<form><input name="x" required><button>Go</button></form>'), FormError);
  assert.throws(
    () => sentBy('<form><input type="radio" name="x" value="1" required><button>Go</button></form>'),
    FormError,
  );
  assert.equal(
    sentBy('<form><input type="checkbox" name="x" value="1" checked required><button>Go</button></form>')
      .length,
    1,
  );
});
