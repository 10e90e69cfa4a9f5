/** The shape of what a city says itself of a service that others have as well: `city/<id>/services/<slug>/`. */
import { z } from 'zod';
import { published, serviceShape, textsShape } from './schema.ts';

const whole = serviceShape.shape;
const page = whole.pages.element.shape;
const fee = whole.fee.shape;
const text = z.string().min(1, { error: 'must not be empty' });
const days = z.int().min(1);
/** Checked together with the question it belongs to: each kind has its own. */
const ofQuestion = z.unknown().optional();

/** `service.yaml` of an overlay */
export const overlayShape = z.strictObject({
  office: whole.office.optional(),
  legalBasis: whole.legalBasis.optional().meta({ description: 'Local rules, named after the common ones' }),
  fee: z
    .strictObject({
      cents: z.int().min(0),
      legalBasis: z.string({ error: 'legal basis is missing: which rule of yours sets this fee?' }).min(1),
      ...{ further: fee.further, exemptions: fee.exemptions },
    })
    .optional(),
  delivery: whole.delivery,
  places: whole.places,
  retention: whole.retention,
  dueDays: whole.dueDays,
  entitlement: z
    .strictObject({ limits: z.record(z.string(), z.int().min(0)) })
    .optional()
    .meta({ description: 'How often a holder may have it in a period' }),
  result: z
    .strictObject({
      code: z.strictObject({ days }).optional(),
      calendar: z.strictObject({ starts: text, ends: text, dayOffset: z.int().optional() }).optional(),
    })
    .optional(),
  pages: z
    .record(z.string(), z.strictObject({ office: page.office, appointment: page.appointment }))
    .optional()
    .meta({ description: 'By page: the office that helps there, and how' }),
  questions: z
    .record(
      z.string(),
      z.strictObject({
        ...{ options: ofQuestion, suggestions: ofQuestion, limits: ofQuestion },
        ...{ calendar: ofQuestion, min: ofQuestion, max: ofQuestion },
      }),
    )
    .optional()
    .meta({ description: 'By question: what stands instead of the common definition' }),
  computed: z
    .record(z.string(), z.union([z.boolean(), z.number(), z.string().min(1)]))
    .optional()
    .meta({ description: 'By name: the expression that stands instead of the common one' }),
  leaveOut: z
    .array(text)
    .optional()
    .meta({ description: 'Example journeys that do not play here: another rule holds' }),
});
export type OverlayFile = z.infer<typeof overlayShape>;

/** @returns the same shape with nothing demanded, however deep; a list is said whole or not at all */
function partial(shape: z.ZodType): z.ZodType {
  if (shape instanceof z.ZodOptional) return partial(shape.unwrap() as z.ZodType);
  if (shape instanceof z.ZodRecord) return z.record(z.string(), partial(shape.valueType as z.ZodType));
  if (!(shape instanceof z.ZodObject)) return shape;
  const parts = Object.entries<z.ZodType>(shape.shape).map(([key, part]) => [key, partial(part).optional()]);
  return z.strictObject(Object.fromEntries(parts));
}

/** `texts/<language>.yaml` of an overlay: any of the texts of a service. */
export const overlayTextsShape = partial(textsShape) as z.ZodType<OverlayTexts>;

/** Texts by their places. */
export type OverlayTexts = Readonly<Record<string, unknown>>;

/** @returns the JSON Schema (2020-12) of an overlay's `service.yaml`, for editors */
export function overlayJsonSchema(): Record<string, unknown> {
  return published(overlayShape, 'What a city says itself of a service');
}

/** @returns the JSON Schema (2020-12) of an overlay's `texts/<language>.yaml`, for editors */
export function overlayTextsJsonSchema(): Record<string, unknown> {
  return published(overlayTextsShape, 'What a city says itself of a service in one language');
}
