export const sdkName = '@paddle/paddle-node-sdk';
export const prismPackage = '@stoplight/prism-cli';

/** What an import adds to a page, minified and gzip, at most, as a share of what the same of the official SDK adds. */
export const mainEntryLimit = 0.7;
/** What the package takes on a disk with all that it depends on, at most, as shares of what these take. */
export const installedLimits = { [sdkName]: 0.33, [prismPackage]: 0.05 };
