import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { formatCode, formatNumber } from '#seal';
import { freshOffice, type TestOffice, testService } from '#test/office';

let office: TestOffice;
before(async () => {
  office = await freshOffice();
});
after(() => office.close());

const textOf = (pdf: Buffer | undefined): string =>
  execFileSync('pdftotext', ['-layout', '-', '-'], {
    input: pdf,
    stdio: ['pipe', 'pipe', 'ignore'],
  }).toString();

describe('papers of a case', () => {
  it('receipt: the numbers the citizen got, and the date as it is now', async () => {
    const receipt = await office.cases.submit(await office.handIn());
    await office.cases.reschedule(receipt.caseId, (await office.slot(30)).id);
    const text = textOf(await office.cases.receiptPdf(receipt.caseId, receipt.accessCode, 'de'));
    for (const part of [
      formatNumber(receipt.number),
      formatCode(receipt.accessCode),
      formatCode(receipt.code ?? ''),
      'Mittwoch, 23. Dezember 2026',
      'Kanarienđ',
      'amt.example/status',
      'Ottostr. 21',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('document: in the language asked for, with the fields the service names', async () => {
    const receipt = await office.cases.submit(await office.handIn());
    const text = textOf(await office.cases.documentPdf(receipt.caseId, 'en'));
    assert.match(text, /Bestätigung \(en\)/);
    // The person confirms it, so nothing of it looks as if the office had issued it.
    assert.match(text, /Handed in electronically/);
    assert.equal(text.match(/Ottostr\. 21/g)?.length, 1, 'the office stands in the footer only');
    assert.match(text, /Frage street +Zwitscherstraße/);
    assert.ok(!text.includes('Frage pickup'));
  });

  it('document: what was taken back or not accepted has none any more, and its receipt no code', async () => {
    for (const end of ['withdrawn', 'rejected'] as const) {
      const { caseId, accessCode, code = '' } = await office.cases.submit(await office.handIn());
      assert.ok(await office.cases.documentPdf(caseId, 'de'));
      if (end === 'withdrawn') await office.cases.withdraw(caseId);
      else await office.cases.decide(caseId, { subject: 'timo', offices: ['tsk'] }, 1, 'rejected', 'Nein.');
      assert.equal(await office.cases.documentPdf(caseId, 'de'), undefined, end);
      const receipt = textOf(await office.cases.receiptPdf(caseId, accessCode, 'de'));
      assert.ok(receipt.includes(formatCode(accessCode)) && !receipt.includes(formatCode(code)), end);
    }
  });

  it('document: of a service whose office decides first, there is one only when it has said yes', async () => {
    const waits = testService();
    const office = await freshOffice({
      ...waits,
      result: {
        ...waits.result,
        document: { id: 'confirmation', fields: ['familyName'], decided: true },
      },
    });
    const receipt = await office.cases.submit(await office.handIn());
    assert.equal(await office.cases.documentPdf(receipt.caseId, 'de'), undefined);
    const clerk = { subject: 'timo', offices: ['tsk'] };
    await office.delivery.runOnce();
    const view = await office.view(receipt.caseId);
    await office.cases.decide(receipt.caseId, clerk, view?.version ?? 0, 'done', 'Alles richtig.', {
      compared: true,
      early: true,
    });
    office.pass(1000);
    assert.match(textOf(await office.cases.documentPdf(receipt.caseId, 'de')), /Kanarienđ/);
    await office.close();
  });

  it('there are none for a service without a document, or for no case', async () => {
    const plain = await freshOffice(
      testService({ result: { code: undefined, document: undefined, calendar: undefined, next: [] } }),
    );
    const receipt = await plain.cases.submit(await plain.handIn());
    assert.equal(receipt.code, undefined);
    assert.equal(await plain.cases.documentPdf(receipt.caseId, 'de'), undefined);
    assert.equal(await plain.cases.calendarFile(receipt.caseId, 'de'), undefined);
    assert.equal(await plain.cases.receiptPdf(crypto.randomUUID(), receipt.accessCode, 'de'), undefined);
    await plain.close();
  });
});
