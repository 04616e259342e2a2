export { simple as simplePolicy } from './presets/simple.ts';
