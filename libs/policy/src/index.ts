export * from './attributes.js';
export {
  firstBundle,
  firstSources,
  loadBundle,
  publishBundle,
  type Bundle,
  type BundleRefusal,
  type BundleSources,
  type ClassificationRow,
  type RetentionTerm,
  type Rule,
} from './bundle.js';
export { cedarFiles, type CedarFiles } from './cedar-request.js';
export * from './compartments.js';
export * from './facts.js';
export * from './judge.js';
export * from './membership.js';
export * from './need-to-know.js';
export { isQuestion, type Party, type Question } from './question.js';
export * from './verdict.js';
