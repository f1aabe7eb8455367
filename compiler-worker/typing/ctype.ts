/** The operations on types, in one place. */
export { beginDef, endDef, getLevel, newVar, newVarAt, newType, newConstr, newArrow, repr } from "./btype.ts";
export { generalize, generalizeExpansive, instance, instances, instancePoly, isClosed, rigidInstance } from "./levels.ts";
export { expandHead, expandHeadPrivate, extractConcrete } from "./expand.ts";
export { unify, unifiable, tryUnify, unifyGadt, filterArrow, filterMethod, UnifyError } from "./unify.ts";
