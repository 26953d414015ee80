export const sdkName = '@paddle/paddle-node-sdk';
export const prismPackage = '@stoplight/prism-cli';

/** More than this the main entry must not grow to, in bytes. It is lowered with each saving, and never raised. */
export const mainEntryCeiling = 7_200;
/** What the main entry shall come to, as a share of the official SDK. */
export const mainEntryTarget = 0.45;
/** What the package takes on a disk with all that it depends on, at most, as shares of what these take. */
export const installedLimits = { [sdkName]: 0.3, [prismPackage]: 0.05 };
