import { written as writtenOf } from "../../operations/written.ts";
import { Conflict, InvalidInput } from "../../refusals/errors.ts";

/** Writes as {@link writtenOf}; what must be unique and is not is a mistake of its field. */
export const written: typeof writtenOf = async (...given) => {
  try {
    return await writtenOf(...given);
  } catch (error) {
    throw error instanceof Conflict ? new InvalidInput(error.fields) : error;
  }
};
