/** The fake is asked for something that GitHub can do and the fake cannot: a test must not go on as if it had been done. */
export class NotServed extends Error {}
