import { type Language, longDate } from '#language';
import { Alert, Card, type Html } from '#web';
import { entryLines, entryState, entryTitle, remarks, seminarText } from './lines.ts';
import { STEP_FROM, STEPS } from './points.ts';
import type { PointsReport, ReportEntry } from './report.ts';
import { reportWords } from './words.ts';

interface Props {
  report: PointsReport;
  language: Language;
}

const FIELDS = 8;
const FIELD = { width: 36, height: 26, gap: 4 } as const;
const SCALE_HEIGHT = 50;

/** Eight fields, so many of them full as points count; wider gaps where a step begins. */
function Scale({ report, language }: Props): Html {
  const w = reportWords(language);
  let x = 0;
  const fields = Array.from({ length: FIELDS }, (_, index) => {
    const point = index + 1;
    if (point > 1) x += FIELD.gap + (STEPS.some((step) => STEP_FROM[step] === point) ? 2 * FIELD.gap : 0);
    const field = { point, x };
    x += FIELD.width;
    return field;
  });
  return (
    <svg
      class={`points-scale points-${report.step}`}
      viewBox={`0 0 ${x} ${SCALE_HEIGHT}`}
      role="img"
      aria-label={w.scale({ count: report.points, step: w[`step_${report.step}`] })}
    >
      {fields.map((field) => (
        <g class={field.point <= report.points ? 'points-full' : undefined}>
          <rect x={field.x + 1} y={1} width={FIELD.width - 2} height={FIELD.height} rx={4} />
          <text x={field.x + FIELD.width / 2} y={SCALE_HEIGHT - 4}>
            {field.point}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Total({ report, language }: Props): Html {
  const w = reportWords(language);
  return (
    <section class="card points-total">
      <p class="points-sum" data-points={report.points} data-step={report.step}>
        <span class="points-number">{report.points}</span>{' '}
        <span>{w.pointsWord({ count: report.points })}</span>
      </p>
      <Scale report={report} language={language} />
      <p class="points-means">{w[`means_${report.step}`]}</p>
      {remarks(report, language).map((text) => (
        <p>{text}</p>
      ))}
      <p class="muted">{w.asOf({ date: longDate(report.on, language) })}</p>
    </section>
  );
}

function Steps({ report, language }: Props): Html {
  const w = reportWords(language);
  return (
    <Card title={w.steps}>
      <ol class="points-steps">
        {STEPS.filter((step) => step !== 'none').map((step) => {
          const current = step === report.step;
          return (
            <li class={current ? 'points-here' : undefined} aria-current={current ? 'step' : undefined}>
              <span class="points-range">{w[`range_${step}`]}</span>
              <span>
                {w[`step_${step}`]}
                {current ? <strong class="points-mark">{w.here}</strong> : undefined}
              </span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function Entry(props: { entry: ReportEntry; language: Language }): Html {
  const { entry, language } = props;
  return (
    <li class="card points-entry" data-kind={entry.kind} data-state={entry.state}>
      <h3>{entryTitle(entry, language)}</h3>
      <p class={entry.state === 'counts' ? 'points-state points-state-counts' : 'points-state'}>
        {entryState(entry, language)}
      </p>
      <dl>
        {entryLines(entry, language).map(({ label, value }) => (
          <div class="summary-line">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

/**
 * What the register said, explained: the points large and on a scale, the steps, every entry with its end, the seminar.
 * Stands below a page's own main heading.
 */
export function PointsReportView({ report, language }: Props): Html {
  const w = reportWords(language);
  return (
    <div class="stack points">
      <Total report={report} language={language} />
      {report.addsUp ? undefined : (
        <Alert tone="warning" title={w.addsUpTitle}>
          <p>{w.addsUp}</p>
        </Alert>
      )}
      {report.points > 0 ? <Steps report={report} language={language} /> : undefined}
      <section>
        <h2>{w.entries}</h2>
        {report.entries.length === 0 ? (
          <p>{w.noEntries}</p>
        ) : (
          <ul class="points-entries">
            {report.entries.map((entry) => (
              <Entry entry={entry} language={language} />
            ))}
          </ul>
        )}
      </section>
      <Card title={w.seminarTitle} pictogram="help">
        <p>{seminarText(report, language)}</p>
      </Card>
      <Card title={w.noteTitle} pictogram="info" tone="accent">
        <p>{w.note}</p>
      </Card>
    </div>
  );
}
