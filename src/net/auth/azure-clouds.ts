/** The clouds of Azure. */

/** The clouds, by the name that a policy gives them. Hosts without a path; audiences as `<host>/.default`. */
export const azureClouds = {
  public: {
    authority: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    logAnalytics: 'https://api.loganalytics.azure.com',
    logAnalyticsScope: 'https://api.loganalytics.io/.default',
    appConfigurationScope: 'https://azconfig.io/.default',
    portal: 'https://portal.azure.com',
  },
  'us-government': {
    authority: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    logAnalytics: 'https://api.loganalytics.us',
    logAnalyticsScope: 'https://api.loganalytics.us/.default',
    appConfigurationScope: 'https://azconfig.azure.us/.default',
    portal: 'https://portal.azure.us',
  },
  china: {
    authority: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    logAnalytics: 'https://api.loganalytics.azure.cn',
    logAnalyticsScope: 'https://api.loganalytics.azure.cn/.default',
    appConfigurationScope: 'https://azconfig.azure.cn/.default',
    portal: 'https://portal.azure.cn',
  },
} as const;
export type AzureCloud = keyof typeof azureClouds;
