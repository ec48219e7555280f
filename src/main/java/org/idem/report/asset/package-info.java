/**
 * What pages are made of: style sheets, scripts, fonts and templates. A page carries all of it inside itself, so that
 * it opens offline. Start with {@link org.idem.report.asset.Template}.
 */
package org.idem.report.asset;
