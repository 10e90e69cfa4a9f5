/** Registers that a service can ask at its end: what they are asked, and how their answer is shown and printed. */
import { type City, officeNameOf } from '#city';
import type { Papers } from '#documents';
import { readableAnswer, type Walk } from '#journey';
import type { Language } from '#language';
import { type Answers, type CompiledService, GERMAN_CARDS, isLawful } from '#service';
import type { IsoDate } from '#time';
import { countryName, type Html } from '#web';
import type { FaerQuery } from './faer/client.ts';
import { printPoints } from './faer/print.ts';
import type { FaerAnswer } from './faer/protocol.ts';
import { type PointsReport, reportPoints } from './faer/report.ts';
import { PointsReportView } from './faer/view.tsx';
import type { Register } from './register.ts';

/** An answer, for the screen and on paper. It exists while a request is answered, and nowhere else. */
export interface RegisterAnswer {
  view(language: Language): Html;
  paper(language: Language, printedAt: Date): Promise<Buffer>;
}

/** One register, asked with what a journey found out. */
export interface AnsweringRegister {
  /** @throws RegisterError when there is no answer that can be used */
  ask(walked: Walk, today: IsoDate, signal: AbortSignal): Promise<RegisterAnswer>;
}

const text = (answers: Answers, id: string): string | undefined => {
  const answer = answers[id];
  return typeof answer === 'string' ? answer : undefined;
};

/** The country is named where it is not Germany, in German: the register is asked in it. */
function addressLine({ questions, texts }: CompiledService, answers: Answers): string | undefined {
  const question = questions.get('address');
  const { address } = answers;
  const country = (code: string): string => countryName(code, 'de');
  if (question === undefined || address === undefined) return undefined;
  return readableAnswer(question, 'address', address, texts.de, 'de', { country });
}

/** What the register needs to know of the person (§ 64 FeV). */
function queryOf({ service, answers }: Pick<Walk, 'service' | 'answers'>): FaerQuery {
  const [givenNames, birthName, birthPlace] = ['givenNames', 'birthName', 'birthPlace'].map((id) =>
    text(answers, id),
  );
  const address = addressLine(service, answers);
  return {
    familyName: text(answers, 'familyName') ?? '',
    birthDate: text(answers, 'birthDate') ?? '',
    ...(givenNames !== undefined && { givenNames }),
    ...(birthName !== undefined && { birthName }),
    ...(birthPlace !== undefined && { birthPlace }),
    ...(address !== undefined && { address }),
  };
}

/** The Fahreignungsregister: points. Asked only for people who have identified with their eID (§ 30 Abs. 8 StVG). */
export function faerOf(
  register: Register<FaerQuery, FaerAnswer>,
  papers: Pick<Papers, 'registerPrint'>,
  city: City,
): AnsweringRegister {
  // The first place with terminals stands for all of them.
  const site = [...city.sites.values()].find(({ alwaysOpen }) => !alwaysOpen);
  const office = { name: officeNameOf(city), address: site?.address ?? city.name };
  return {
    async ask(walked, today, signal) {
      const { identity } = walked;
      if (identity?.level !== 'high' || !isLawful(GERMAN_CARDS, identity.means))
        throw new Error('the register is asked without the proof of identity that § 30 (8) StVG wants');
      const query = queryOf(walked);
      const report: PointsReport = reportPoints(await register.ask(query, signal), today);
      return {
        view: (language) => <PointsReportView report={report} language={language} />,
        paper: (language, printedAt) =>
          papers.registerPrint({
            ...printPoints(report, query, language),
            ...{ office, printedAt },
          }),
      };
    },
  };
}
