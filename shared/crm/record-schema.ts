import { z } from "zod";

/** Schemas of what the API answers, for the contract. */
export const id = z.guid();
export const link = z.guid().nullable();
export const text = z.string().nullable();
export const timestamp = z.iso.datetime({ precision: 6 });
export const date = z.iso.date().nullable();
export const amount = z.number();
