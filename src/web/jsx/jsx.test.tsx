import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { raw } from '#web';
import { jsx } from './jsx-runtime.ts';

describe('HTML from JSX', () => {
  it('escapes what people typed, in text and in attributes', () => {
    const typed = `<script>alert("1")</script> & 'O'Brien'`;
    assert.equal(
      String(<p title={typed}>{typed}</p>),
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;O&#39;Brien&#39;">' +
        '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;O&#39;Brien&#39;</p>',
    );
  });

  it('never lets typed text end an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const html = String(<b title={typed}>{typed}</b>);
        const inner = html.slice('<b title="'.length, -'</b>'.length);
        assert.doesNotMatch(inner.replace('">', ''), /[<>"]/);
      }),
    );
  });

  it('leaves out what is not there, and writes flags, numbers and lists', () => {
    const html = (
      <ul hidden={false} id={undefined}>
        {[1, 2].map((one) => (
          <li value={one}>{one}</li>
        ))}
        {null}
        {false}
        {0}
      </ul>
    );
    assert.equal(String(html), '<ul><li value="1">1</li><li value="2">2</li>0</ul>');
    assert.equal(
      String(<input type="checkbox" name="a" checked />),
      '<input type="checkbox" name="a" checked>',
    );
    const parts = (
      <>
        <b>a</b>
        {' & b'}
      </>
    );
    assert.equal(String(parts), '<b>a</b> &amp; b');
  });

  it('takes HTML only from itself', () => {
    assert.equal(String(<p>{raw('<b>ours</b>')}</p>), '<p><b>ours</b></p>');
    assert.equal(String(<p>{`${<b>ours</b>}`}</p>), '<p>&lt;b&gt;ours&lt;/b&gt;</p>');
  });

  it('refuses handlers, inline style and odd names, however they get in', () => {
    for (const name of ['onclick', 'OnLoad', 'style', 'a b', 'x"y', '']) {
      assert.throws(() => jsx('p', { [name]: 'x' }), /refusing the attribute/, name);
    }
  });

  it('refuses addresses that run script, also disguised ones', () => {
    const bad = [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      '\u0001javascript:alert(1)',
      'java\nscript:alert(1)',
      'vbscript:x',
      'data:text/html,<script>',
      'file:///etc/passwd',
      'blob:x',
    ];
    for (const href of bad) assert.throws(() => <a href={href}>x</a>, /refusing a .*: address/, href);
    for (const href of ['/status', '#top', '?q=a:b', 'https://karlsruhe.de', 'mailto:a@b.de', 'tel:115']) {
      assert.equal(String(<a href={href}>x</a>), `<a href="${href}">x</a>`);
    }
  });
});
