/** Expressions of the service language. Used by the compiler only. */
export * from './compile.ts';
export * from './expression.ts';
export { HOLIDAYS } from './functions.ts';
export { ExpressionError, type Guard } from './nodes.ts';
export * from './types.ts';
export * from './worlds.ts';
