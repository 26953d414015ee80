/** A server that runs until it is closed. Apart from `listen`, so that its types ask for none of Node's. */
export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Lets open requests finish, two seconds at most, and frees the port. */
  close(): Promise<void>;
}
