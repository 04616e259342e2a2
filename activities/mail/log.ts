/** Says something to whoever looks after the machine; never with a name or an address. */
export type Log = (message: string, detail: Readonly<Record<string, string | number>>) => void;
