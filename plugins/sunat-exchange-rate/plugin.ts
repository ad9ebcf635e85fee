import { definePlugin } from '#plugins/contract'
import { convert, side } from './convert.ts'

/** The exchange rate of soles and dollars: conversion, for both sides. What asks SUNAT is in server.ts. */
export const exchange = definePlugin({
  name: 'exchange',
  contract: 1,
  functions: { convert, side },
})
