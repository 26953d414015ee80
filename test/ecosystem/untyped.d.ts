// Tools that come without types.
declare module '@usebruno/converters';
declare module 'dredd';
