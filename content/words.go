package content

// Words are the fixed words a page prints in one language: library/words/LANG.yaml.
type Words struct {
	Lang string
}
