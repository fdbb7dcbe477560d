import {claim} from '../../notebooks/support/claim';

it('says what holds, and throws what does not: an error in a cell fails the notebook', () => {
  const log = jest.spyOn(console, 'log').mockImplementation(() => {});
  claim('1 < 2', true);
  expect(log.mock.calls).toEqual([['It holds: 1 < 2']]);
  expect(() => claim('2 < 1', false)).toThrow('This claim does not hold: 2 < 1');
  log.mockRestore();
});
