// Specs that start servers and processes share two cores with one another: what takes a second alone may take ten.
import { jest } from '@jest/globals';

jest.setTimeout(60_000);
