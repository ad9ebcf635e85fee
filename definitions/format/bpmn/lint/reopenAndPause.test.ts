import { lintProcess } from './lintProcess.ts'

const process = (change: (xml: string) => string = (xml) => xml): Promise<string[]> =>
  lintProcess(
    change(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:wf="urn:cauce:bpmn:1" id="d" targetNamespace="urn:cauce:test">
  <message id="again" name="Again" wf:reopensAt="work"><extensionElements><wf:candidate role="chief"/><wf:setState value="Open"/></extensionElements></message>
  <process id="p" isExecutable="true" name="P" wf:entity="thing" wf:initialState="Open">
    <startEvent id="start" name="Start"><extensionElements><wf:candidate role="worker"/></extensionElements><outgoing>f1</outgoing></startEvent>
    <userTask id="work" name="Work" wf:dueDate="business.add(now(), 2)">
      <extensionElements><wf:candidate role="worker"/><wf:pause key="client" label="Waits for the client"/></extensionElements>
      <incoming>f1</incoming><outgoing>f2</outgoing>
    </userTask>
    <endEvent id="end" name="End"><incoming>f2</incoming></endEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="work"/><sequenceFlow id="f2" sourceRef="work" targetRef="end"/>
  </process>
</definitions>`),
    { states: ['Open', 'Done'], roles: ['chief', 'worker'], entities: ['thing'] },
  ).then((findings) => findings.map(({ code, at, message }) => `${code} ${at}: ${message}`))

it('accepts a re-opening and a reason to wait', async () => {
  expect(await process()).toEqual([])
})

it.each([
  ['where no step is', 'reopensAt="work"', 'reopensAt="wrk"', 'unresolved again'],
  ['where nothing can begin', 'reopensAt="work"', 'reopensAt="start"', 'reopen again'],
  ['that nobody may send', '<wf:candidate role="chief"/>', '', 'reopen again'],
  [
    'into a state that does not exist',
    '<wf:setState value="Open"/>',
    '<wf:setState value="Opne"/>',
    'unresolved again',
  ],
  ['with a moment that a message does not have', '<wf:setState value', '<wf:setState on="enter" value', 'moment again'],
])('refuses a re-opening %s', async (_what, from, to, expected) => {
  const found = await process((xml) => xml.replace(from, to))
  expect(found.map((text) => text.split(':')[0])).toEqual([expected])
})

it.each([
  ['without a deadline', ' wf:dueDate="business.add(now(), 2)"', '', 'pause work'],
  ['that is there twice', '<wf:pause', '<wf:pause key="client" label="Twice"/><wf:pause', 'pause work'],
  [
    'of a task that is done several times at once',
    '<incoming>f1</incoming><outgoing>f2</outgoing>',
    '<incoming>f1</incoming><outgoing>f2</outgoing><multiInstanceLoopCharacteristics><loopCardinality xsi:type="tFormalExpression">2</loopCardinality></multiInstanceLoopCharacteristics>',
    'pause work',
  ],
])('refuses a reason to wait %s', async (_what, from, to, expected) => {
  const found = await process((xml) => xml.replace(from, to))
  expect(found.map((text) => text.split(':')[0])).toContain(expected)
})
