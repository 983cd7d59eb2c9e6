package fonts

// Face is one font, parsed once and read-only: it may be shared by all goroutines.
type Face struct{}
