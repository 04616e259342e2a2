/** How a comment of the public (群众意见) came, and what people call it. */
export const commentChannels = { phone: '电话', letter: '来信', visit: '来访', mail: '邮件', web: '网络' } as const;

export type CommentChannel = keyof typeof commentChannels;

/** The channel that people call so; undefined when there is none. */
export function commentChannelCalled(name: string): CommentChannel | undefined {
  return (Object.keys(commentChannels) as CommentChannel[]).find((channel) => commentChannels[channel] === name);
}
