/** The registry answers, and does not take the token: asking again soon changes nothing. */
export class RegistryRefusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RegistryRefusal'
  }
}
