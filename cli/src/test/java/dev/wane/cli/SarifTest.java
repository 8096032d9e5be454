package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lint --output sarif} prints, against the schema of SARIF 2.1.0. */
class SarifTest {
    @TempDir
    Path folder;

    @Test
    void findingsAreValid() throws IOException {
        Path finding = Files.writeString(
                folder.resolve("a b.yaml"),
                "output_dir: x\nper_device_train_batch_size: 8\nmax_steps: 100\nlearning_rate: 1e-6\nweight_decay: 1e-3\noptim: adamw_torch\n");

        String document = sarif(finding);

        assertThat(document).contains("\"ruleId\" : \"inert-decay\"");
        assertThat(schema().validate(document, InputFormat.JSON)).isEmpty();
    }

    @Test
    void noFindingIsValidToo() {
        String document = sarif(Path.of("..", "examples", "recipe.yaml"));

        assertThat(document).contains("\"results\" : [");
        assertThat(schema().validate(document, InputFormat.JSON)).isEmpty();
    }

    /** The schema is not one that accepts everything. */
    @Test
    void aDocumentWithoutARunIsNot() {
        assertThat(schema().validate("{\"version\": \"2.1.0\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    private static Schema schema() {
        try (InputStream in =
                Objects.requireNonNull(SarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String sarif(Path file) {
        StringWriter out = new StringWriter();
        String[] lint = {"lint", file.toString(), "--output", "sarif", "--fail-on", "never"};
        assertThat(Wane.run(lint, new PrintWriter(out, true), new PrintWriter(System.err, true)))
                .isZero();
        return out.toString();
    }
}
