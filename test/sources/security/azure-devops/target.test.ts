import { describe, expect, it } from 'vitest';
import { organizationOf, pageOf, refOf, targetOf } from '../../../../src/sources/security/azure-devops/target.js';
import { NotMeasured } from '../../../../src/sources/source.js';

const env = {
  SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
  SYSTEM_TEAMPROJECT: 'web shop',
  BUILD_REPOSITORY_NAME: 'checkout',
  BUILD_REPOSITORY_ID: '1-2-3',
  BUILD_REPOSITORY_PROVIDER: 'TfsGit',
  BUILD_SOURCEBRANCH: 'refs/heads/main',
};

describe('what is asked about', () => {
  it('is what Azure Pipelines says of the run', () => {
    expect(targetOf({}, env)).toEqual({
      organization: 'acme',
      project: 'web shop',
      repository: 'checkout',
      ref: 'refs/heads/main',
      name: 'acme/web shop/checkout refs/heads/main',
    });
    expect(targetOf({}, { ...env, BUILD_REPOSITORY_NAME: '' }).repository).toBe('1-2-3');
  });

  it('is what the policy says before that', () => {
    const config = { organization: 'other', project: 'p', repository: 'r', ref: 'release/1.0' };
    expect(targetOf(config, env)).toMatchObject({ ...config, ref: 'refs/heads/release/1.0' });
    expect(targetOf(config, {})).toMatchObject(config.ref ? { project: 'p' } : {});
    expect(refOf('refs/tags/v1')).toBe('refs/tags/v1');
  });

  it.each([
    ['organization', { ...env, SYSTEM_COLLECTIONURI: undefined }],
    ['organization', { ...env, SYSTEM_COLLECTIONURI: 'https://tfs.acme.example/tfs/DefaultCollection/' }],
    ['project', { ...env, SYSTEM_TEAMPROJECT: '' }],
    ['repository', { ...env, BUILD_REPOSITORY_NAME: undefined, BUILD_REPOSITORY_ID: undefined }],
    ['repository', { ...env, BUILD_REPOSITORY_PROVIDER: 'GitHub' }],
    ['ref', { ...env, BUILD_SOURCEBRANCH: undefined }],
  ])('must be known: %s', (field, given) => {
    const ask = () => targetOf({}, given);
    expect(ask).toThrow(NotMeasured);
    expect(ask).toThrow(`\`${field}\``);
  });

  it.each([
    ['acme', 'acme'],
    ['Acme-2', 'Acme-2'],
    ['https://dev.azure.com/acme', 'acme'],
    ['https://dev.azure.com/acme/shop/_git/x', 'acme'],
    ['https://acme.visualstudio.com/', 'acme'],
    ['https://dev.azure.com/', undefined],
    ['http://dev.azure.com/acme', undefined],
    ['https://dev.azure.com.evil.example/acme', undefined],
    ['https://user:pass@dev.azure.com/acme', undefined],
    ['https://tfs.example.com/acme', undefined],
    ['a/b', undefined],
    ['..', undefined],
    ['', undefined],
  ])('organization %s is %s', (text, name) => {
    expect(organizationOf(text)).toBe(name);
  });

  it('has pages for people', () => {
    const target = targetOf({ repository: 'a/b?c' }, env);
    expect(pageOf(target)).toBe(
      'https://dev.azure.com/acme/web%20shop/_git/a%2Fb%3Fc/alerts?branch=refs%2Fheads%2Fmain',
    );
    expect(pageOf(target, 7)).toContain('/alerts/7?branch=');
  });
});
