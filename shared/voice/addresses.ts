/** What a call or a phone number of a workspace is called in the addresses that the telephone service calls. */
export interface Addressed {
  workspaceId: string;
  id: string;
}

/** How often it was tried to answer, or nothing was heard, at the same turn. */
export interface Again {
  tries?: number;
  quiet?: number;
}

const base = (publicUrl: string, kind: string, { workspaceId, id }: Addressed) =>
  `${publicUrl}/lio/voice/${kind}/${workspaceId}/${id}`;

/** The addresses that the telephone service calls for a call. */
export function callAddresses(publicUrl: string, call: Addressed) {
  const url = base(publicUrl, "calls", call);
  return {
    /** For what to say first. */
    talk: `${url}/talk`,
    /** With what was said in a turn, from 1 on. */
    turn(turn: number, again: Again = {}): string {
      const parameters = new URLSearchParams(
        Object.entries(again).filter(([, times]) => times > 0)
          .map(([name, times]) => [name, String(times)]),
      );
      return `${url}/turns/${turn}${parameters.size === 0 ? "" : `?${parameters}`}`;
    },
    /** When it goes on. */
    status: `${url}/status`,
    /** When ringing its users has ended. */
    dialed: `${url}/dialed`,
  };
}

/** The addresses that the telephone service calls for a phone number. */
export function numberAddresses(publicUrl: string, number: Addressed) {
  const url = base(publicUrl, "numbers", number);
  return {
    /** When it is called. */
    ring: `${url}/ring`,
    /** When such a call has ended. */
    status: `${url}/status`,
  };
}

/** What a user is called as a client of the telephone service. */
export function clientName(userNumber: number | string): string {
  return `user_${userNumber}`;
}
