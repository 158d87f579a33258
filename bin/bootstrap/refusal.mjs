/** Why the start cannot go on and what to do about it, in one line for a person. */
export class Refusal extends Error {}
