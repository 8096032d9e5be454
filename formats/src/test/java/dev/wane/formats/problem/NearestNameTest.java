package dev.wane.formats.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("constant", "cosine", "linear", "wsd", "cosine-restarts");

    @ParameterizedTest
    @CsvSource({
        "cos, cosine",
        "cosin, cosine",
        "cosnie, cosine",
        "COSINE_RESTART, cosine-restarts",
        "wds, wsd",
        "lin, linear"
    })
    void aBeginningOrASlipLeadsToTheName(String written, String meant) {
        assertThat(NearestName.of(written, NAMES)).isEqualTo(meant);
    }
}
