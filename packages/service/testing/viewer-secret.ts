/** Signs the viewers of tests. */
export const viewerSecret = 'test-viewer-secret-of-32-characters'
