package org.idem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** Projects that depend on this one get the versions that it was tested with. */
class PomTest {
    private static NodeList nodes(String path) throws Exception {
        var pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        return (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
    }

    /** Management of versions reaches this project only; what is imported there must be for tests. */
    @Test
    void noVersionIsManagedThatADependentWouldMiss() throws Exception {
        NodeList managed = nodes("/project/dependencyManagement/dependencies/dependency[not(scope = 'import')]");
        assertEquals(0, managed.getLength(), "declare it as a dependency instead");
        NodeList unversioned = nodes("/project/dependencies/dependency[not(version)]/scope");
        assertTrue(unversioned.getLength() > 0);
        for (int i = 0; i < unversioned.getLength(); i++) {
            assertEquals("test", unversioned.item(i).getTextContent());
        }
    }
}
