export { parseDocument, isMap, isScalar, isSeq, isAlias } from "yaml";
