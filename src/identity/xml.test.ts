import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isNamed } from '#xml';
import { IdentityError } from './types.ts';
import { inContext, parseXml } from './xml.ts';

const FRAME = parseXml(
  '<a xmlns="urn:outer" xmlns:p="urn:p" xmlns:q="urn:far"><p:b xmlns:q="urn:near&amp;1"/></a>',
);

function place(): Element {
  const [inner] = Array.from(FRAME.getElementsByTagNameNS('urn:p', 'b'));
  return inner ?? assert.fail('no place');
}

it('a part that was cut out of a document means there what it meant in it', () => {
  for (const [text, namespace] of [
    ['<c/>', 'urn:outer'],
    ['<p:c/>', 'urn:p'],
    ['<q:c/>', 'urn:near&1'],
    ['<p:c xmlns:p="urn:own"/>', 'urn:own'],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<q:c xmlns:q="urn:own"/>\n', 'urn:own'],
  ] as const) {
    assert.ok(isNamed(inContext(text, place()), namespace, 'c'), text);
  }
});

it('what is not one element is none', () => {
  for (const text of [
    '',
    'text',
    '<c/><c/>',

    '</context><context>',
    '<c/></context><context>',
    '<!DOCTYPE c><c/>',
  ]) {
    assert.throws(() => inContext(text, place()), IdentityError, text);
  }
});
