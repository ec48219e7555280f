package org.idem.report.asset;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Templates of pages, compiled with the program. */
public final class Template {
    /** Where the build puts compiled templates; those of a folder lie in the room of its name. */
    private static final String PACKAGE = "org.idem.report";

    private Template() {}

    /**
     * A page made from a template.
     *
     * @param template name of its file
     * @param page what the template reads
     * @return HTML
     */
    public static String rendered(String template, Object page) {
        StringOutput html = new StringOutput();
        TemplateEngine.createPrecompiled(null, ContentType.Html, Template.class.getClassLoader(), PACKAGE)
                .render(template, page, html);
        return html.toString();
    }
}
