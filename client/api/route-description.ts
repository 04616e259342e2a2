import type { z } from 'zod';

/** What the document of the API says of a route, with the very schemas by which its handler reads what is asked. */
export interface RouteDescription {
  /** What it does, as an official would say it. */
  readonly says: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** What the body is, where it is a file's bytes. */
  readonly file?: string;
  /** 201 where something is made. */
  readonly made?: 'made';
}

/** By method and path, as the API has them. */
export type RouteDescriptions = Readonly<Record<string, RouteDescription>>;

declare module 'hono' {
  interface ContextVariableMap {
    /** Of the route that answers; undefined where it reads nothing. */
    described: RouteDescription | undefined;
  }
}
