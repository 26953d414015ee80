export const sdkName = '@paddle/paddle-node-sdk';
export const prismPackage = '@stoplight/prism-cli';

/** What an import adds to a bundle, minified and gzip, as a share of what the same of the official SDK adds: the target. */
export const mainEntryTarget = 0.7;
/** The most that it may be. It follows each saving down, and grows for the safety of keys and money alone. */
export const mainEntryLimit = 0.95;
/** What the package takes on a disk with all that it depends on, at most, as shares of what these take. */
export const installedLimits = { [sdkName]: 0.33, [prismPackage]: 0.05 };
