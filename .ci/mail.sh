#!/usr/bin/env bash
# Sends a real outbox through a real mail server (Debian's Exim, on loopback, with a
# certificate made for the day) and reads back what it delivered. Not OpenSMTPD, whose
# TLS fails with Debian 12's OpenSSL 3, and not Postfix, which wants a second program to
# check a password.
#
#	.ci/mail.sh FOLDER-OF-PAGES
#
# Once with TLS from the start and once with STARTTLS, killing the sender again and
# again on the way. Wants root, as mail servers do.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=$(realpath "$1")
for judge in exim4 openssl python3; do
	command -v $judge >/dev/null || {
		echo "$judge is not here"
		exit 77
	}
done
work=$(mktemp -d)
chmod 711 "$work"
server=
finish() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT

# free prints a port nobody listens on.
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# An authority of its own, and a server it vouches for.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=judge \
	-keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
	-keyout "$work/key.pem" -out "$work/csr.pem" 2>/dev/null
openssl x509 -req -in "$work/csr.pem" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
	-extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1') -out "$work/cert.pem" 2>/dev/null
chmod 600 "$work"/*.pem "$work"/*.key

tls=$(free) starttls=$(free)
mkdir "$work/kept" "$work/spool"
cp "$work/cert.pem" "$work/key.pem" "$work/spool/"
chown -R Debian-exim "$work/kept" "$work/spool"
cat >"$work/exim.conf" <<-CONF
	primary_hostname = judge.example
	domainlist local_domains = clinic.example
	local_interfaces = <; 127.0.0.1.$tls ; 127.0.0.1.$starttls
	tls_on_connect_ports = $tls
	tls_certificate = $work/spool/cert.pem
	tls_privatekey = $work/spool/key.pem
	tls_advertise_hosts = *
	spool_directory = $work/spool
	log_file_path = $work/spool/%slog
	pid_file_path = $work/spool/pid
	message_size_limit = 30M
	host_lookup =
	smtp_accept_max = 100
	queue_run_in_order = true
	acl_smtp_rcpt = rcpt
	begin acl
	rcpt:
	  require authenticated = *
	          encrypted = *
	  accept domains = +local_domains
	  deny
	begin routers
	keep:
	  driver = accept
	  transport = maildir
	begin transports
	maildir:
	  driver = appendfile
	  directory = $work/kept
	  maildir_format
	  delivery_date_add
	  envelope_to_add
	  user = Debian-exim
	  group = Debian-exim
	begin retry
	* * F,1m,5s
	begin authenticators
	plain:
	  driver = plaintext
	  public_name = PLAIN
	  server_advertise_condition = \${if def:tls_in_cipher}
	  server_condition = \${if and {{eq{\$auth2}{clinic}}{eq{\$auth3}{sesame}}}}
	  server_prompts = :
	token:
	  driver = plaintext
	  public_name = XOAUTH2
	  server_advertise_condition = \${if def:tls_in_cipher}
	  server_condition = \${if eq{\$auth1}{user=clinic\x01auth=Bearer open-sesame\x01\x01}}
	  server_prompts = :
CONF
exim4 -C "$work/exim.conf" -bdf -q5s >"$work/exim.log" 2>&1 &
server=$!
for _ in $(seq 100); do
	(exec 3<>"/dev/tcp/127.0.0.1/$tls") 2>/dev/null && break
	sleep 0.1
done

go build -o "$work/handout" ./cmd/handout
export SSL_CERT_FILE=$work/ca.pem HANDOUT_SMTP_PASSWORD=sesame

# gone waits until what was killed is gone: it may be waiting for the disk, and has the
# folder locked until then.
gone() {
	for _ in $(seq 100); do
		ls -l /proc/[0-9]*/exe 2>/dev/null | grep -q "$work/handout\$" || break
		sleep 0.1
	done
}

# deliver sends an outbox of COUNT messages that bring ARRIVALS. It kills the sender on
# the way, each time a little later; what is then unknown is looked up in what the
# server has, as a person would.
deliver() {
	local box=$1 address=$2 count=$3 arrivals=$4 code after file
	kills=0
	for after in 0.03 0.06 0.1 0.15 0.2 0.3; do
		code=0
		{ timeout -s KILL $after "$work/handout" send "$box" --smtp "$address" --rate 0; } >/dev/null 2>&1 || code=$?
		[ $code -ne 137 ] || kills=$((kills + 1))
		gone
	done
	sleep 1
	for _ in $(seq 100); do
		[ "$(exim4 -C "$work/exim.conf" -bpc)" -ne 0 ] || break
		sleep 0.2
	done
	for file in "$box"/sending/*.eml; do
		[ -e "$file" ] || continue
		code=$(basename "$file" .eml) code=${code#*-}
		if grep -qrs "^X-Handout-Code: $code" "$work/kept/new"; then
			"$work/handout" send "$box" --settle "$code" >/dev/null
		else
			"$work/handout" send "$box" --again "$code" >/dev/null
		fi
	done
	"$work/handout" send "$box" --smtp "$address" --rate 0 >"$work/said.txt" || {
		cat "$work/said.txt"
		return 1
	}
	[ "$(ls "$box/sent" | wc -l)" -eq "$count" ] || return 1
	# Delivery takes the server a moment more.
	for _ in $(seq 100); do
		[ "$(ls "$work/kept/new" 2>/dev/null | wc -l)" -ge "$arrivals" ] && break
		sleep 0.1
	done
	sleep 0.3
	printf '%s, killed %d times: ' "${address%%:*}" $kills
}

# judge sends the pages to an address and reads back what came. Each step says when it
# fails: where a function is the left side of ||, Bash does not mind by itself.
judge() {
	local address=$1 count
	rm -rf "$work/out" "$work/kept/new"
	go run ./.ci/mail/outbox.go "$work/out" "$pages" || return 1
	count=$(ls "$work/out/new" | wc -l)
	deliver "$work/out" "$address" "$count" "$count" || return 1
	python3 .ci/mail/arrived.py "$work/kept" "$pages" || return 1
	if grep -qiE '@|patient' "$work/out/log"; then
		echo "the log says who"
		return 1
	fi
}

# day makes a day's mail with batch, which is killed on the way too, sends it and reads
# back what came.
day() {
	local address=$1 after
	rm -rf "$work/day" "$work/kept/new"
	mkdir "$work/day"
	python3 .ci/mail/day.py list "$work/day/list.csv"
	printf 'name: Knee \046 Co\nemail: hello@clinic.example\n' >"$work/day/clinic.yaml"
	local batch=("$work/handout" batch "$work/day/list.csv" --brand "$work/day/clinic.yaml" --out "$work/day/out" --mail --password birthdate)
	for after in 0.05 0.1 0.15 0.2; do
		{ timeout -s KILL $after "${batch[@]}"; } >/dev/null 2>&1 || true
		gone
	done
	"${batch[@]}" >"$work/said.txt" 2>&1 || {
		cat "$work/said.txt"
		return 1
	}
	[ "$(ls "$work/day/out/outbox/new" | wc -l)" -eq 60 ] || {
		echo "not one message a visit:"
		ls "$work/day/out/outbox/new"
		return 1
	}
	deliver "$work/day/out/outbox" "$address" 60 69 || return 1
	# The next morning somebody does all of it again.
	"${batch[@]}" >/dev/null 2>&1 || return 1
	"$work/handout" send "$work/day/out/outbox" --smtp "$address" || return 1
	sleep 0.3
	python3 .ci/mail/day.py arrived "$work/day/list.csv" "$work/kept" || return 1
	if grep -qiE '@|patient|ruiz|hương' "$work/day/out/outbox/log" "$work/day/out/report.csv" "$work/day/out/ledger.jsonl"; then
		echo "a log says who"
		return 1
	fi
}

judge "smtps://clinic@127.0.0.1:$tls" || { tail -n 30 "$work"/exim.log "$work"/spool/*log; exit 1; }
judge "smtp://clinic@localhost:$starttls" || { tail -n 30 "$work"/exim.log "$work"/spool/*log; exit 1; }
day "smtps://clinic@127.0.0.1:$tls" || { tail -n 30 "$work"/exim.log "$work"/spool/*log; exit 1; }

# A stranger's certificate and a wrong password are no way in.
go run ./.ci/mail/outbox.go "$work/no" "$pages"
refused() {
	local want=$1 code=0
	shift
	"$@" >"$work/said.txt" 2>&1 || code=$?
	[ $code -eq 3 ] && grep -q "$want" "$work/said.txt" || { cat "$work/said.txt"; return 1; }
}
refused "certificate does not prove" env SSL_CERT_FILE=/dev/null "$work/handout" send "$work/no" --smtp "smtps://clinic@127.0.0.1:$tls"
refused "does not take this user" env HANDOUT_SMTP_PASSWORD=wrong "$work/handout" send "$work/no" --smtp "smtps://clinic@127.0.0.1:$tls"
[ "$(ls "$work/no/sent" | wc -l)" -eq 0 ]
echo "a wrong certificate and a wrong password are no way in"

# A token is (XOAUTH2), of a file or a command, unless it is another's.
rm -rf "$work/kept/new"
token=("$work/handout" send "$work/no" --rate 0)
printf 'close-sesame\n' >"$work/token"
refused "does not take this" "${token[@]}" --smtp "smtps://clinic@127.0.0.1:$tls" --smtp-token-file "$work/token"
[ "$(ls "$work/no/sent" | wc -l)" -eq 0 ]
mail=$(ls "$work/no/new" | wc -l)
"${token[@]}" --smtp "smtp://clinic@localhost:$starttls" --smtp-token-command "echo open-sesame"
[ "$(ls "$work/no/sent" | wc -l)" -eq "$mail" ]
for _ in $(seq 100); do
	[ "$(ls "$work/kept/new" 2>/dev/null | wc -l)" -ge "$mail" ] && break
	sleep 0.1
done
python3 .ci/mail/arrived.py "$work/kept" "$pages"
grep -q 'A=token' "$work"/spool/mainlog
echo "a token is a way in, and another's is none"

# A draft is whole: for Outlook (X-Unsent), to one patient, with the page as it is.
go run ./.ci/mail/outbox.go "$work/unsent" "$pages"
"$work/handout" send "$work/unsent" --drafts "$work/drafts" >/dev/null
python3 - "$work/drafts" "$pages" <<-'PY'
	import email, email.policy, pathlib, sys
	drafts, pages = [sorted(pathlib.Path(d).glob("*" + e)) for d, e in zip(sys.argv[1:], (".eml", ".pdf"))]
	assert len(drafts) == len(pages) > 0, (drafts, pages)
	for file, page in zip(drafts, pages):
	    m = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
	    assert not m.defects and m["X-Unsent"] == "1", file
	    assert len(m["To"].addresses) == len(m["From"].addresses) == 1 and m["Cc"] is m["Bcc"] is None, file
	    pdf, = m.iter_attachments()
	    assert pdf.get_content_type() == "application/pdf" and pdf.get_content() == page.read_bytes(), file
	print(len(drafts), "drafts, each with its page")
PY
