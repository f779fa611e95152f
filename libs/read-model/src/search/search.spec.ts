import { describe, expect, it } from '@jest/globals';
import { foldNumber, latinName, labelKeys, matcher, queryKeys, withinOneEdit } from '../index.js';

const nearest = (query: string, label: string, as: 'name' | 'number') => matcher(query, as)(label);

describe('a name', () => {
  it.each([
    ['Георгиев', 'Georgiev'],
    ['Георгиев', 'Georgieff'],
    ['Йордан Христов', 'Yordan Hristov'],
    ['Йордан Христов', 'Jordan Khristov'],
    ['Българов', 'Balgarov'],
    ['Българов', 'Bulgarov'],
    ['Жечев', 'Jetchev'],
    ['Щерев', 'Shterev'],
    ['Димитър', 'Dimitar'],
    ['Чакър', 'Çakır'],
    ['Джемал', 'Cemal'],
    ['Шюкрю', 'Şükrü'],
    ['Юсеин', 'Iusein'],
    ['Γεώργιος Παπαδόπουλος', 'Georgios Papadopoulos'],
    ['Γεώργιος Παπαδόπουλος', 'Yeoryios Papadopulos'],
    ['Χρήστου', 'Hristou'],
    ['Χρήστου', 'Christou'],
    ['Χρήστου', 'Христу'],
    ['Μπούτσης', 'Buțis'],
    ['Μπούτσης', 'Boutsis'],
    ['Κωνσταντίνος', 'Konstadinos'],
    ['Ευάγγελος', 'Evangelos'],
    ['Αλέξης', 'Алексис'],
    ['Жечева', 'Ζέτσεβα'],
    ['Калпакчиев', 'Καλπακτσίεφ'],
    ['Калпакчиев', 'Καλπακτσίεβ'],
    ['Шишманов', 'Σισμάνοφ'],
    ['Божинов', 'Μποζίνοφ'],
    ['Чакър', 'Τσακίρ'],
    ['Цанев', 'Τσάνεφ'],
    ['Çakır', 'Τσακίρ'],
    ['Yıldız', 'YILDIZ'],
    ['İbrahim', 'Ibrahim'],
    ['Göğüş', 'Gogus'],
    ['Пеньо', 'Penyo'],
    ["О'Нил", 'ONil'],
  ])('is the same in another spelling: %s, %s', (label, query) => {
    expect(nearest(query, label, 'name')).toMatchObject({ distance: 0 });
    expect(nearest(label, query, 'name')).toMatchObject({ distance: 0 });
  });

  it.each([
    ['Georgiev', 'Georgieva'],
    ['Георгиев', 'Goergiev'],
    ['Petrov', 'Petrof'],
    ['Ρέα', 'Ρία'],
  ])('is near when one letter differs: %s, %s', (label, query) => {
    expect(nearest(query, label, 'name')).toMatchObject({ distance: expect.any(Number) });
  });

  it.each([
    ['Georgiev', 'Gergev'],
    ['Ivan', 'Petar'],
    ['Al', 'Ab'],
    ['Ivan Petrov', 'Ivan Ivanov'],
    ['Ivan', 'Ivan Petrov'],
    ['Ivan', ''],
    ['Ivan', '—'],
  ])('is not matched by something else: %s, %s', (label, query) => {
    expect(nearest(query, label, 'name')).toBeUndefined();
  });

  it.each([
    ['Жечева', 'Зецева'],
    ['Божинов', 'Bozinov'],
    ['Жечева', 'Zetseva'],
  ])('is still another name where letters tell them apart: %s, %s', (label, query) => {
    expect(nearest(query, label, 'name')?.distance).not.toBe(0);
  });

  it('is found by any of its words, in any order', () => {
    expect(nearest('Petrov Georgi', 'Георги Иванов Петров', 'name')).toEqual({
      distance: 0,
      spelling: 'petrov georgi',
    });
  });

  it('shows its official Latin spelling', () => {
    expect(latinName('Щерьо Хаджъянков')).toBe('shteryo hadzhayankov');
    expect(latinName('Γιάννης Ντάλης')).toBe('giannis ntalis');
  });

  it('has keys in common with each spelling of it', () => {
    const keys = new Set(labelKeys('Христо Българов', 'name'));
    for (const { exact, near } of queryKeys('Khristo Bulgarov', 'name')) {
      expect(exact.some((key) => keys.has(key))).toBe(true);
      expect(near.some((key) => keys.has(key))).toBe(true);
    }
  });

  it('has a bounded number of keys', () => {
    expect(labelKeys('Чъщжюцяшхьодж Γγευχτζουνταυ', 'name').length).toBeLessThan(400);
  });
});

describe('a number', () => {
  it.each([
    ['ХКА 4821', 'XKA4821', 'Cyrillic and Latin'],
    ['ΧΚΑ-4821', 'XKA 4821', 'Greek and Latin'],
    ['СВ 1234 АК', 'CB1234AK', 'a Bulgarian plate'],
    ['34 ıİi 12', '34 III 12', 'Turkish letters'],
    ['ΥΗΝ 1204', 'YHN-1204', 'a Greek plate'],
  ])('looks the same: %s, %s (%s)', (one, other) => {
    expect(foldNumber(one)).toBe(foldNumber(other));
    expect(nearest(one, other, 'number')).toMatchObject({ distance: 0 });
  });

  it('is near when one digit differs and far when two do', () => {
    expect(nearest('XKA 4827', 'ΧΚΑ 4821', 'number')).toEqual({ distance: 1, spelling: 'XKA4821' });
    expect(nearest('XKA 4877', 'ΧΚΑ 4821', 'number')).toBeUndefined();
  });
});

describe('one edit', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'axc', true],
    ['abc', 'ab', true],
    ['bc', 'abc', true],
    ['abc', 'acb', true],
    ['aab', 'aaab', true],
    ['abc', 'xyc', false],
    ['abc', 'a', false],
    ['abcd', 'badc', false],
    ['abc', 'cba', false],
    ['ab', 'bca', false],
  ])('between %s and %s: %s', (one, other, within) => {
    expect(withinOneEdit(one, other)).toBe(within);
    expect(withinOneEdit(other, one)).toBe(within);
  });
});
