CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE dead_letters (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	event_id VARCHAR NOT NULL, 
	raw VARCHAR NOT NULL, 
	fault VARCHAR NOT NULL, 
	died_at DATETIME NOT NULL, 
	CONSTRAINT pk_dead_letters PRIMARY KEY (id)
);

CREATE TABLE groups (
	id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	hat_window INTEGER, 
	last_number INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, choices JSON, balance_at DATETIME, digest_at DATETIME, digest_entry INTEGER DEFAULT '0' NOT NULL, digest_number INTEGER DEFAULT '0' NOT NULL, digest_told_at DATETIME, bulletin_at DATETIME, 
	CONSTRAINT pk_groups PRIMARY KEY (id)
);

CREATE TABLE intakes (
	platform VARCHAR NOT NULL, 
	cursor VARCHAR, 
	heard_at DATETIME, 
	drained_at DATETIME, silent_since DATETIME, stored_at DATETIME, stored_to INTEGER DEFAULT '0' NOT NULL, fence INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_intakes PRIMARY KEY (platform)
);

CREATE TABLE people (
	id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id)
);

CREATE TABLE seen (
	platform VARCHAR NOT NULL, 
	event_id VARCHAR NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_seen PRIMARY KEY (platform, event_id)
);

CREATE TABLE waiting (
	platform VARCHAR NOT NULL, 
	event_id VARCHAR NOT NULL, 
	chat_ref VARCHAR NOT NULL, 
	raw VARCHAR NOT NULL, 
	arrived_at DATETIME NOT NULL, 
	told_at DATETIME, 
	CONSTRAINT pk_waiting PRIMARY KEY (platform, event_id)
);

CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	ref VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	handle VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT fk_accounts_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT uq_accounts_platform_ref UNIQUE (platform, ref)
);

CREATE TABLE chats (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	ref VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	group_id INTEGER, 
	encrypted BOOLEAN NOT NULL, 
	state VARCHAR NOT NULL, 
	not_before DATETIME, 
	created_at DATETIME NOT NULL, person_ref VARCHAR, language VARCHAR, digest JSON, account VARCHAR, 
	CONSTRAINT fk_chats_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_chats PRIMARY KEY (id), 
	CONSTRAINT uq_chats_platform_ref UNIQUE (platform, ref)
);

CREATE TABLE entries (
	group_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	public VARCHAR NOT NULL, 
	salt VARCHAR, 
	personal VARCHAR, 
	hash VARCHAR NOT NULL, 
	entered_at DATETIME NOT NULL, 
	CONSTRAINT fk_entries_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_entries PRIMARY KEY (group_id, place)
);

CREATE TABLE boards (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject_id INTEGER NOT NULL, 
	thread VARCHAR, 
	version INTEGER NOT NULL, 
	shown INTEGER NOT NULL, 
	stale_since DATETIME, 
	edited_at DATETIME, 
	message_id VARCHAR, 
	posted INTEGER NOT NULL, 
	face JSON, pin BOOLEAN, 
	CONSTRAINT fk_boards_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_boards_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_boards PRIMARY KEY (id), 
	CONSTRAINT uq_boards_chat_id_kind_subject_id UNIQUE (chat_id, kind, subject_id)
);

CREATE TABLE promises (
	id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	must BOOLEAN NOT NULL, 
	body JSON, 
	board_id INTEGER, 
	reply_to VARCHAR, 
	thread VARCHAR, 
	state VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	unknowns INTEGER NOT NULL, 
	trying BOOLEAN NOT NULL, 
	tried_at DATETIME, 
	not_before DATETIME, 
	promised_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	message_id VARCHAR, awaits VARCHAR, pin BOOLEAN, words_until DATETIME, 
	CONSTRAINT fk_promises_board_id FOREIGN KEY(board_id) REFERENCES boards (id), 
	CONSTRAINT fk_promises_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT pk_promises PRIMARY KEY (id), 
	CONSTRAINT uq_promises_key UNIQUE ("key")
);

CREATE TABLE shakes (
	draw_id INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	group_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT fk_shakes_draw_id FOREIGN KEY(draw_id) REFERENCES draws (id), 
	CONSTRAINT fk_shakes_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_shakes PRIMARY KEY (draw_id, label), 
	CONSTRAINT uq_shakes_draw_id_place UNIQUE (draw_id, place)
);

CREATE TABLE electorates (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	document VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	newcomers INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, resting INTEGER DEFAULT '0' NOT NULL, without JSON, wave INTEGER DEFAULT '0' NOT NULL, too_new INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_electorates_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_electorates PRIMARY KEY (id)
);

CREATE TABLE electors (
	electorate_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	newcomer BOOLEAN NOT NULL, 
	CONSTRAINT fk_electors_electorate_id FOREIGN KEY(electorate_id) REFERENCES electorates (id), 
	CONSTRAINT fk_electors_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_electors_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_electors PRIMARY KEY (electorate_id, member_id)
);

CREATE TABLE objections (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	proposal_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	settled_version INTEGER, 
	settled_why VARCHAR NOT NULL, 
	raised_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	remind_at DATETIME, 
	CONSTRAINT fk_objections_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_objections_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_objections_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id), 
	CONSTRAINT pk_objections PRIMARY KEY (id)
);

CREATE TABLE versions (
	proposal_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	author_id INTEGER NOT NULL, 
	written_at DATETIME NOT NULL, 
	CONSTRAINT fk_versions_author_id FOREIGN KEY(author_id) REFERENCES members (id), 
	CONSTRAINT fk_versions_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_versions_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id), 
	CONSTRAINT pk_versions PRIMARY KEY (proposal_id, version)
);

CREATE TABLE rounds (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	proposal_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	objection_id INTEGER, 
	electorate_id INTEGER NOT NULL, 
	phase VARCHAR NOT NULL, 
	opens_at DATETIME NOT NULL, 
	closes_at DATETIME NOT NULL, 
	wakes_at DATETIME NOT NULL, 
	nudge_at DATETIME, 
	quorum INTEGER NOT NULL, 
	extensions INTEGER NOT NULL, 
	received INTEGER NOT NULL, 
	replaced INTEGER NOT NULL, 
	refused INTEGER NOT NULL, 
	outcome VARCHAR NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT fk_rounds_electorate_id FOREIGN KEY(electorate_id) REFERENCES electorates (id), 
	CONSTRAINT fk_rounds_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_rounds_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id), 
	CONSTRAINT fk_rounds_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id), 
	CONSTRAINT pk_rounds PRIMARY KEY (id)
);

CREATE TABLE remarks (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	round_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	phase VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	said_at DATETIME NOT NULL, 
	CONSTRAINT fk_remarks_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_remarks_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_remarks_round_id FOREIGN KEY(round_id) REFERENCES rounds (id), 
	CONSTRAINT pk_remarks PRIMARY KEY (id)
);

CREATE TABLE stance_changes (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	round_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	stance VARCHAR NOT NULL, 
	taken_at DATETIME NOT NULL, 
	CONSTRAINT fk_stance_changes_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_stance_changes_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_stance_changes_round_id FOREIGN KEY(round_id) REFERENCES rounds (id), 
	CONSTRAINT pk_stance_changes PRIMARY KEY (id)
);

CREATE TABLE stances (
	round_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	stance VARCHAR NOT NULL, 
	concern VARCHAR NOT NULL, 
	taken_at DATETIME NOT NULL, event_id VARCHAR, 
	CONSTRAINT fk_stances_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_stances_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_stances_round_id FOREIGN KEY(round_id) REFERENCES rounds (id), 
	CONSTRAINT pk_stances PRIMARY KEY (round_id, member_id)
);

CREATE TABLE poll_series (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	thread VARCHAR, 
	asked JSON NOT NULL, 
	words VARCHAR NOT NULL, 
	schedule VARCHAR NOT NULL, 
	length INTEGER, 
	opened_by INTEGER NOT NULL, 
	next_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	CONSTRAINT fk_poll_series_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_poll_series_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_poll_series_opened_by FOREIGN KEY(opened_by) REFERENCES members (id), 
	CONSTRAINT pk_poll_series PRIMARY KEY (id), 
	CONSTRAINT uq_poll_series_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE ballots (
	poll_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	last INTEGER, event_id VARCHAR, 
	CONSTRAINT fk_ballots_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_ballots_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_ballots_poll_id FOREIGN KEY(poll_id) REFERENCES polls (id), 
	CONSTRAINT pk_ballots PRIMARY KEY (poll_id, member_id)
)
 WITHOUT ROWID

;

CREATE TABLE poll_options (
	poll_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	added_by INTEGER, 
	CONSTRAINT fk_poll_options_added_by FOREIGN KEY(added_by) REFERENCES members (id), 
	CONSTRAINT fk_poll_options_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_poll_options_poll_id FOREIGN KEY(poll_id) REFERENCES polls (id), 
	CONSTRAINT pk_poll_options PRIMARY KEY (poll_id, place), 
	CONSTRAINT uq_poll_options_poll_id_key UNIQUE (poll_id, "key")
);

CREATE TABLE link_codes (
	id INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	chat_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT fk_link_codes_account_id FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_link_codes_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT pk_link_codes PRIMARY KEY (id), 
	CONSTRAINT uq_link_codes_digest UNIQUE (digest)
);

CREATE TABLE link_tries (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	tried_at DATETIME NOT NULL, 
	CONSTRAINT fk_link_tries_account_id FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT pk_link_tries PRIMARY KEY (id)
);

CREATE TABLE room_links (
	id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	host_id INTEGER NOT NULL, 
	from_group_id INTEGER NOT NULL, 
	to_group_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	announced_at DATETIME NOT NULL, 
	holds_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	objector_id INTEGER, 
	reason VARCHAR NOT NULL, 
	waits_for VARCHAR NOT NULL, 
	CONSTRAINT fk_room_links_account_id FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_room_links_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_room_links_from_group_id FOREIGN KEY(from_group_id) REFERENCES groups (id), 
	CONSTRAINT fk_room_links_host_id FOREIGN KEY(host_id) REFERENCES chats (id), 
	CONSTRAINT fk_room_links_objector_id FOREIGN KEY(objector_id) REFERENCES accounts (id), 
	CONSTRAINT fk_room_links_to_group_id FOREIGN KEY(to_group_id) REFERENCES groups (id), 
	CONSTRAINT pk_room_links PRIMARY KEY (id)
);

CREATE TABLE person_links (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	old_person_id INTEGER NOT NULL, 
	linked_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_person_links_account_id FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_person_links_old_person_id FOREIGN KEY(old_person_id) REFERENCES people (id), 
	CONSTRAINT fk_person_links_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT pk_person_links PRIMARY KEY (id)
);

CREATE TABLE unheard (
	kind VARCHAR NOT NULL, 
	subject_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	since DATETIME, 
	CONSTRAINT fk_unheard_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT pk_unheard PRIMARY KEY (kind, subject_id, chat_id)
);

CREATE TABLE roles (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	term VARCHAR NOT NULL, 
	seats INTEGER NOT NULL, 
	pool VARCHAR NOT NULL, 
	cooling VARCHAR NOT NULL, 
	most_terms INTEGER NOT NULL, 
	notice JSON NOT NULL, 
	answer_within VARCHAR NOT NULL, 
	sunset VARCHAR NOT NULL, 
	defined BOOLEAN NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	ended_at DATETIME, ends_at DATETIME, 
	CONSTRAINT fk_roles_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_roles PRIMARY KEY (id), 
	CONSTRAINT uq_roles_group_id_key UNIQUE (group_id, "key")
);

CREATE TABLE hats (
	member_id INTEGER NOT NULL, 
	role_key VARCHAR NOT NULL, 
	group_id INTEGER NOT NULL, 
	willing BOOLEAN NOT NULL, 
	CONSTRAINT fk_hats_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_hats_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_hats PRIMARY KEY (member_id, role_key)
);

CREATE TABLE mandates (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	draw_id INTEGER, 
	follows_id INTEGER, 
	way VARCHAR NOT NULL, 
	term_count INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	extended BOOLEAN NOT NULL, 
	suspended_at DATETIME, 
	remind_at DATETIME, 
	state VARCHAR NOT NULL, 
	ended_at DATETIME, 
	ended_why VARCHAR NOT NULL, 
	vacancy VARCHAR NOT NULL, reminded_at DATETIME, outlook VARCHAR DEFAULT 'open' NOT NULL, asked_number INTEGER, asked_until DATETIME, 
	CONSTRAINT fk_mandates_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_mandates_draw_id FOREIGN KEY(draw_id) REFERENCES draws (id), 
	CONSTRAINT fk_mandates_follows_id FOREIGN KEY(follows_id) REFERENCES mandates (id), 
	CONSTRAINT fk_mandates_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_mandates_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_mandates_role_id FOREIGN KEY(role_id) REFERENCES roles (id), 
	CONSTRAINT pk_mandates PRIMARY KEY (id)
);

CREATE TABLE "members" (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	joined_at DATETIME NOT NULL, 
	left_at DATETIME, 
	chat_id INTEGER, 
	resting_until DATETIME, 
	in_hat BOOLEAN NOT NULL, 
	CONSTRAINT fk_members_account_id FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_members_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_members_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT pk_members PRIMARY KEY (id), 
	CONSTRAINT uq_members_group_id_person_id UNIQUE (group_id, person_id)
);

CREATE TABLE "proposals" (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	proposer_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	depth VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	among VARCHAR NOT NULL, 
	quorum VARCHAR NOT NULL, 
	review VARCHAR NOT NULL, 
	review_at DATETIME, 
	review_state VARCHAR, 
	ends_id INTEGER, 
	created_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	subject_id INTEGER, 
	purpose VARCHAR NOT NULL, 
	CONSTRAINT fk_proposals_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_proposals_ends_id FOREIGN KEY(ends_id) REFERENCES proposals (id), 
	CONSTRAINT fk_proposals_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_proposals_proposer_id FOREIGN KEY(proposer_id) REFERENCES members (id), 
	CONSTRAINT pk_proposals PRIMARY KEY (id), 
	CONSTRAINT uq_proposals_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE role_changes (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	wanted JSON NOT NULL, 
	"before" JSON NOT NULL, 
	by_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	thread VARCHAR, 
	state VARCHAR NOT NULL, 
	put_at DATETIME NOT NULL, 
	holds_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	objector_id INTEGER, 
	reason VARCHAR NOT NULL, 
	decision INTEGER, 
	CONSTRAINT fk_role_changes_by_id FOREIGN KEY(by_id) REFERENCES members (id), 
	CONSTRAINT fk_role_changes_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_role_changes_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_role_changes_objector_id FOREIGN KEY(objector_id) REFERENCES members (id), 
	CONSTRAINT pk_role_changes PRIMARY KEY (id), 
	CONSTRAINT uq_role_changes_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE "draws" (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	role_key VARCHAR NOT NULL, 
	seats INTEGER NOT NULL, 
	called_by INTEGER NOT NULL, 
	follows_id INTEGER, 
	reason VARCHAR NOT NULL, 
	pool_document VARCHAR NOT NULL, 
	secret BLOB NOT NULL, 
	state VARCHAR NOT NULL, 
	frozen_at DATETIME NOT NULL, 
	closes_at DATETIME NOT NULL, 
	drawn_at DATETIME, 
	shake_count INTEGER NOT NULL, 
	resting INTEGER DEFAULT '0' NOT NULL, 
	beacon_round INTEGER, 
	waits_since DATETIME, 
	signature BLOB, 
	left_out JSON, 
	circle VARCHAR NOT NULL, 
	CONSTRAINT fk_draws_called_by FOREIGN KEY(called_by) REFERENCES members (id), 
	CONSTRAINT fk_draws_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_draws_follows_id FOREIGN KEY(follows_id) REFERENCES draws (id), 
	CONSTRAINT fk_draws_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_draws PRIMARY KEY (id), 
	CONSTRAINT uq_draws_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE councils (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	thread VARCHAR, 
	number INTEGER NOT NULL, 
	role_id INTEGER NOT NULL, 
	by_id INTEGER NOT NULL, 
	issue VARCHAR NOT NULL, 
	result VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	ends_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_councils_by_id FOREIGN KEY(by_id) REFERENCES members (id), 
	CONSTRAINT fk_councils_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_councils_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_councils_role_id FOREIGN KEY(role_id) REFERENCES roles (id), 
	CONSTRAINT pk_councils PRIMARY KEY (id), 
	CONSTRAINT uq_councils_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE "polls" (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	question VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	visibility VARCHAR NOT NULL, 
	hidden BOOLEAN NOT NULL, 
	additions BOOLEAN NOT NULL, 
	"limit" INTEGER, 
	quorum INTEGER NOT NULL, 
	electorate_id INTEGER NOT NULL, 
	opened_by INTEGER NOT NULL, 
	again_id INTEGER, 
	series_id INTEGER, 
	secret BLOB NOT NULL, 
	state VARCHAR NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closes_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	extended INTEGER NOT NULL, 
	voted INTEGER NOT NULL, 
	received INTEGER NOT NULL, 
	replaced INTEGER NOT NULL, 
	refused INTEGER NOT NULL, 
	purpose VARCHAR, 
	subject_id INTEGER, 
	to_wipe BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_polls_again_id FOREIGN KEY(again_id) REFERENCES polls (id), 
	CONSTRAINT fk_polls_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_polls_electorate_id FOREIGN KEY(electorate_id) REFERENCES electorates (id), 
	CONSTRAINT fk_polls_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_polls_opened_by FOREIGN KEY(opened_by) REFERENCES members (id), 
	CONSTRAINT fk_polls_series_id FOREIGN KEY(series_id) REFERENCES poll_series (id), 
	CONSTRAINT pk_polls PRIMARY KEY (id), 
	CONSTRAINT uq_polls_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE handovers (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	mandate_id INTEGER NOT NULL, 
	receiver_id INTEGER, 
	things JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	noted_at DATETIME NOT NULL, 
	given_at DATETIME, 
	confirmed_at DATETIME, 
	CONSTRAINT fk_handovers_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_handovers_mandate_id FOREIGN KEY(mandate_id) REFERENCES mandates (id), 
	CONSTRAINT fk_handovers_receiver_id FOREIGN KEY(receiver_id) REFERENCES mandates (id), 
	CONSTRAINT pk_handovers PRIMARY KEY (id), 
	CONSTRAINT uq_handovers_mandate_id UNIQUE (mandate_id)
);

CREATE TABLE recalls (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	thread VARCHAR, 
	number INTEGER NOT NULL, 
	mandate_id INTEGER NOT NULL, 
	holder_id INTEGER NOT NULL, 
	opener_id INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	suspends BOOLEAN NOT NULL, 
	needed INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closes_at DATETIME NOT NULL, 
	question_number INTEGER, 
	ended_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_recalls_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_recalls_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_recalls_holder_id_members FOREIGN KEY(holder_id) REFERENCES members (id), 
	CONSTRAINT fk_recalls_mandate_id_mandates FOREIGN KEY(mandate_id) REFERENCES mandates (id), 
	CONSTRAINT fk_recalls_opener_id_members FOREIGN KEY(opener_id) REFERENCES members (id), 
	CONSTRAINT uq_recalls_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE recall_supports (
	recall_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	PRIMARY KEY (recall_id, member_id), 
	CONSTRAINT fk_recall_supports_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_recall_supports_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_recall_supports_recall_id_recalls FOREIGN KEY(recall_id) REFERENCES recalls (id)
);

CREATE TABLE elections (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	thread VARCHAR, 
	number INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	role_key VARCHAR NOT NULL, 
	term VARCHAR NOT NULL, 
	until_at DATETIME, 
	opener_id INTEGER NOT NULL, 
	electorate_id INTEGER NOT NULL, 
	length INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	opened_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	wakes_at DATETIME, 
	shown_at DATETIME, 
	ended_at DATETIME, 
	CONSTRAINT fk_elections_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_elections_electorate_id FOREIGN KEY(electorate_id) REFERENCES electorates (id), 
	CONSTRAINT fk_elections_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_elections_opener_id FOREIGN KEY(opener_id) REFERENCES members (id), 
	CONSTRAINT pk_elections PRIMARY KEY (id), 
	CONSTRAINT uq_elections_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE nominations (
	election_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	nominee_id INTEGER NOT NULL, 
	before_id INTEGER, 
	reason VARCHAR NOT NULL, 
	named_at DATETIME NOT NULL, 
	CONSTRAINT fk_nominations_before_id FOREIGN KEY(before_id) REFERENCES members (id), 
	CONSTRAINT fk_nominations_election_id FOREIGN KEY(election_id) REFERENCES elections (id), 
	CONSTRAINT fk_nominations_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_nominations_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_nominations_nominee_id FOREIGN KEY(nominee_id) REFERENCES members (id), 
	CONSTRAINT pk_nominations PRIMARY KEY (election_id, member_id)
);

CREATE TABLE "grants" (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	thread VARCHAR, 
	number INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	member_id INTEGER NOT NULL, 
	by_id INTEGER NOT NULL, 
	term VARCHAR NOT NULL, 
	until_at DATETIME, 
	question VARCHAR NOT NULL, 
	instructions VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answer_by DATETIME, 
	mandate_id INTEGER, 
	report VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	election_id INTEGER, 
	CONSTRAINT fk_grants_by_id FOREIGN KEY(by_id) REFERENCES members (id), 
	CONSTRAINT fk_grants_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_grants_election_id FOREIGN KEY(election_id) REFERENCES elections (id), 
	CONSTRAINT fk_grants_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_grants_mandate_id FOREIGN KEY(mandate_id) REFERENCES mandates (id), 
	CONSTRAINT fk_grants_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_grants PRIMARY KEY (id)
);

CREATE TABLE circles (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_circles_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT uq_circles_group_id_key UNIQUE (group_id, "key")
);

CREATE TABLE circle_members (
	circle_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	CONSTRAINT fk_circle_members_circle_id FOREIGN KEY(circle_id) REFERENCES circles (id), 
	CONSTRAINT fk_circle_members_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_circle_members_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_circle_members PRIMARY KEY (circle_id, member_id)
);

CREATE TABLE "tickets" (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	draw_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	place INTEGER, 
	answer VARCHAR NOT NULL, 
	answered_at DATETIME, 
	answer_by DATETIME, 
	serves_until DATETIME, 
	instead_of INTEGER, 
	part VARCHAR NOT NULL, 
	CONSTRAINT fk_tickets_draw_id FOREIGN KEY(draw_id) REFERENCES draws (id), 
	CONSTRAINT fk_tickets_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_tickets_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_tickets PRIMARY KEY (id), 
	CONSTRAINT uq_tickets_draw_id_label UNIQUE (draw_id, label), 
	CONSTRAINT uq_tickets_draw_id_member_id UNIQUE (draw_id, member_id)
);

CREATE TABLE entry_marks (
	group_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	number INTEGER, 
	about INTEGER, 
	listed BOOLEAN NOT NULL, unnamed JSON, 
	CONSTRAINT fk_entry_marks_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_entry_marks PRIMARY KEY (group_id, place)
);

CREATE TABLE publications (
	"key" VARCHAR NOT NULL, 
	group_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	delivered_at DATETIME, again_key VARCHAR, 
	CONSTRAINT fk_publications_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_publications_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT pk_publications PRIMARY KEY ("key")
);

CREATE VIRTUAL TABLE entry_words USING fts5(words, tokenize = 'ascii', detail = 'none', columnsize = 0, prefix = '3 4 5 6 7 8');

CREATE TABLE labels (
	member_id INTEGER NOT NULL, 
	category VARCHAR NOT NULL, 
	group_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT fk_labels_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_labels_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_labels PRIMARY KEY (member_id, category)
);

CREATE TABLE notes (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	thread VARCHAR, 
	number INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	corrects INTEGER, 
	by_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	noted_at DATETIME NOT NULL, 
	holds_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	objector_id INTEGER, 
	reason VARCHAR NOT NULL, 
	decision INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_notes_by_id_members FOREIGN KEY(by_id) REFERENCES members (id), 
	CONSTRAINT fk_notes_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_notes_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_notes_objector_id_members FOREIGN KEY(objector_id) REFERENCES members (id), 
	CONSTRAINT uq_notes_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE searches (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	words VARCHAR NOT NULL, 
	since DATETIME, 
	face JSON, 
	asked_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_searches_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id)
);

CREATE TABLE erasures (
	id INTEGER NOT NULL, 
	erased_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);

CREATE TABLE bulletins (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	thread VARCHAR, 
	reply_to VARCHAR, 
	page JSON, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_bulletins_chat_id FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_bulletins_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT uq_bulletins_key UNIQUE ("key")
);

CREATE TABLE meetings (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	chat_id INTEGER NOT NULL, 
	thread VARCHAR, 
	number INTEGER NOT NULL, 
	opener_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	after_entry INTEGER NOT NULL, 
	item INTEGER NOT NULL, 
	item_since DATETIME NOT NULL, 
	speaker_id INTEGER, 
	secret BLOB NOT NULL, 
	pool_document VARCHAR NOT NULL, 
	facilitator_id INTEGER, 
	notes_id INTEGER, 
	CONSTRAINT fk_meetings_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_meetings_facilitator_id_members FOREIGN KEY(facilitator_id) REFERENCES members (id), 
	CONSTRAINT fk_meetings_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_meetings_notes_id_members FOREIGN KEY(notes_id) REFERENCES members (id), 
	CONSTRAINT fk_meetings_opener_id_members FOREIGN KEY(opener_id) REFERENCES members (id), 
	CONSTRAINT fk_meetings_speaker_id_members FOREIGN KEY(speaker_id) REFERENCES members (id), 
	CONSTRAINT pk_meetings PRIMARY KEY (id), 
	CONSTRAINT uq_meetings_group_id_number UNIQUE (group_id, number)
);

CREATE TABLE agenda_items (
	meeting_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	spent INTEGER NOT NULL, 
	CONSTRAINT fk_agenda_items_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_agenda_items_meeting_id_meetings FOREIGN KEY(meeting_id) REFERENCES meetings (id), 
	CONSTRAINT pk_agenda_items PRIMARY KEY (meeting_id, place)
);

CREATE TABLE attendees (
	meeting_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	raised_at DATETIME, 
	spoken INTEGER NOT NULL, 
	CONSTRAINT fk_attendees_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_attendees_meeting_id_meetings FOREIGN KEY(meeting_id) REFERENCES meetings (id), 
	CONSTRAINT fk_attendees_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_attendees PRIMARY KEY (meeting_id, member_id)
);

CREATE TABLE meeting_notes (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT fk_meeting_notes_group_id_groups FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_meeting_notes_meeting_id_meetings FOREIGN KEY(meeting_id) REFERENCES meetings (id), 
	CONSTRAINT fk_meeting_notes_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT pk_meeting_notes PRIMARY KEY (id)
);

CREATE TABLE wishes (
	account_id INTEGER NOT NULL, 
	wished_at DATETIME NOT NULL, 
	CONSTRAINT fk_wishes_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT pk_wishes PRIMARY KEY (account_id)
);

CREATE TABLE earlier_names (
	account_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	given_up_at DATETIME NOT NULL, 
	CONSTRAINT fk_earlier_names_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT pk_earlier_names PRIMARY KEY (account_id, name)
);

CREATE TABLE turned_away (
	kind VARCHAR NOT NULL, 
	turned_on DATE NOT NULL, 
	n BIGINT NOT NULL, 
	CONSTRAINT pk_turned_away PRIMARY KEY (kind, turned_on)
);

CREATE TABLE workers (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	began_at DATETIME NOT NULL, 
	CONSTRAINT pk_workers PRIMARY KEY (id)
);

CREATE TABLE claims (
	chat_id INTEGER NOT NULL, 
	worker_id INTEGER NOT NULL, 
	CONSTRAINT fk_claims_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id) ON DELETE CASCADE, 
	CONSTRAINT fk_claims_worker_id_workers FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE CASCADE, 
	CONSTRAINT pk_claims PRIMARY KEY (chat_id)
);

CREATE TABLE lanes (
	id INTEGER NOT NULL, 
	account VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_lanes PRIMARY KEY (id), 
	CONSTRAINT uq_lanes_account_number UNIQUE (account, number)
);

CREATE TABLE arrivals (
	id INTEGER NOT NULL, 
	account VARCHAR NOT NULL, 
	lane_id INTEGER NOT NULL, 
	names JSON NOT NULL, 
	raw VARCHAR NOT NULL, 
	bars INTEGER, 
	arrived_at DATETIME NOT NULL, 
	CONSTRAINT fk_arrivals_lane_id_lanes FOREIGN KEY(lane_id) REFERENCES lanes (id), 
	CONSTRAINT pk_arrivals PRIMARY KEY (id)
);

CREATE TABLE "ballot_marks" (
	poll_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	CONSTRAINT fk_ballot_marks_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_ballot_marks_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_ballot_marks_poll_id FOREIGN KEY(poll_id) REFERENCES polls (id), 
	CONSTRAINT pk_ballot_marks PRIMARY KEY (poll_id, member_id, place)
);

CREATE TABLE "secret_ballots" (
	poll_id INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	marks VARCHAR NOT NULL, 
	group_id INTEGER NOT NULL, 
	CONSTRAINT fk_secret_ballots_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_secret_ballots_poll_id FOREIGN KEY(poll_id) REFERENCES polls (id), 
	CONSTRAINT pk_secret_ballots PRIMARY KEY (poll_id, id)
)
 WITHOUT ROWID

;

CREATE TABLE "secret_drafts" (
	poll_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	marks VARCHAR NOT NULL, 
	group_id INTEGER NOT NULL, 
	CONSTRAINT fk_secret_drafts_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_secret_drafts_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_secret_drafts_poll_id FOREIGN KEY(poll_id) REFERENCES polls (id), 
	CONSTRAINT pk_secret_drafts PRIMARY KEY (poll_id, member_id)
)
 WITHOUT ROWID

;

CREATE INDEX ix_accounts_person_id ON accounts (person_id);

CREATE INDEX ix_arrivals_bars ON arrivals (bars);

CREATE INDEX ix_arrivals_lane_id_id ON arrivals (lane_id, id);

CREATE INDEX ix_attendees_member_id ON attendees (member_id);

CREATE INDEX ix_ballot_marks_poll_id_place_value ON ballot_marks (poll_id, place, value);

CREATE INDEX ix_ballots_member_id ON ballots (member_id);

CREATE INDEX ix_boards_kind_subject_id ON boards (kind, subject_id);

CREATE INDEX ix_bulletins_chat_id ON bulletins (chat_id);

CREATE INDEX ix_chats_group_id ON chats (group_id);

CREATE INDEX ix_chats_person_ref ON chats (person_ref);

CREATE INDEX ix_circle_members_member_id ON circle_members (member_id);

CREATE INDEX ix_claims_worker_id ON claims (worker_id);

CREATE INDEX ix_councils_state_ends_at ON councils (state, ends_at);

CREATE INDEX ix_draws_group_id_role_key ON draws (group_id, role_key);

CREATE INDEX ix_draws_state_closes_at ON draws (state, closes_at);

CREATE INDEX ix_elections_group_id_role_key ON elections (group_id, role_key);

CREATE INDEX ix_elections_state_wakes_at ON elections (state, wakes_at);

CREATE INDEX ix_electorates_group_id ON electorates (group_id);

CREATE INDEX ix_electors_member_id ON electors (member_id);

CREATE INDEX ix_entries_group_id_entered_at ON entries (group_id, entered_at);

CREATE INDEX ix_entry_marks_group_id_about ON entry_marks (group_id, about);

CREATE INDEX ix_entry_marks_group_id_listed_place ON entry_marks (group_id, listed, place);

CREATE INDEX ix_entry_marks_group_id_number ON entry_marks (group_id, number);

CREATE INDEX ix_grants_election_id ON grants (election_id);

CREATE INDEX ix_grants_group_id_number ON grants (group_id, number);

CREATE INDEX ix_grants_mandate_id ON grants (mandate_id);

CREATE INDEX ix_grants_member_id ON grants (member_id);

CREATE INDEX ix_grants_state_answer_by ON grants (state, answer_by);

CREATE INDEX ix_groups_balance_at ON groups (balance_at);

CREATE INDEX ix_groups_bulletin_at ON groups (bulletin_at);

CREATE INDEX ix_groups_digest_at ON groups (digest_at);

CREATE INDEX ix_handovers_receiver_id ON handovers (receiver_id);

CREATE INDEX ix_handovers_state ON handovers (state);

CREATE INDEX ix_labels_group_id_category ON labels (group_id, category);

CREATE INDEX ix_link_codes_account_id_made_at ON link_codes (account_id, made_at);

CREATE INDEX ix_link_tries_account_id_tried_at ON link_tries (account_id, tried_at);

CREATE INDEX ix_mandates_group_id_state ON mandates (group_id, state);

CREATE INDEX ix_mandates_member_id ON mandates (member_id);

CREATE INDEX ix_mandates_role_id_member_id ON mandates (role_id, member_id);

CREATE INDEX ix_mandates_state_ends_at ON mandates (state, ends_at);

CREATE INDEX ix_mandates_state_remind_at ON mandates (state, remind_at);

CREATE INDEX ix_mandates_vacancy_ended_at ON mandates (vacancy, ended_at);

CREATE INDEX ix_meeting_notes_meeting_id ON meeting_notes (meeting_id);

CREATE INDEX ix_meeting_notes_member_id ON meeting_notes (member_id);

CREATE INDEX ix_meetings_state_started_at ON meetings (state, started_at);

CREATE INDEX ix_members_person_id ON members (person_id);

CREATE INDEX ix_nominations_member_id ON nominations (member_id);

CREATE INDEX ix_notes_state_holds_at ON notes (state, holds_at);

CREATE INDEX ix_objections_member_id ON objections (member_id);

CREATE INDEX ix_objections_proposal_id_state ON objections (proposal_id, state);

CREATE INDEX ix_objections_remind_at ON objections (remind_at);

CREATE INDEX ix_person_links_account_id ON person_links (account_id);

CREATE INDEX ix_poll_series_state_next_at ON poll_series (state, next_at);

CREATE INDEX ix_polls_state_closes_at ON polls (state, closes_at);

CREATE INDEX ix_promises_message_id ON promises (chat_id, message_id);

CREATE INDEX ix_promises_state ON promises (state, chat_id, id);

CREATE INDEX ix_promises_words_until ON promises (words_until);

CREATE INDEX ix_proposals_state_review_at ON proposals (state, review_at);

CREATE INDEX ix_publications_again_key ON publications (again_key);

CREATE INDEX ix_publications_group_id_made_at ON publications (group_id, made_at);

CREATE INDEX ix_publications_group_id_place ON publications (group_id, place);

CREATE INDEX ix_recall_supports_member_id ON recall_supports (member_id);

CREATE INDEX ix_recalls_holder_id ON recalls (holder_id);

CREATE INDEX ix_recalls_mandate_id_state ON recalls (mandate_id, state);

CREATE INDEX ix_recalls_state_closes_at ON recalls (state, closes_at);

CREATE INDEX ix_remarks_member_id ON remarks (member_id);

CREATE INDEX ix_remarks_round_id ON remarks (round_id);

CREATE INDEX ix_role_changes_group_id_key ON role_changes (group_id, "key");

CREATE INDEX ix_role_changes_state_holds_at ON role_changes (state, holds_at);

CREATE INDEX ix_room_links_chat_id ON room_links (chat_id);

CREATE INDEX ix_room_links_state_holds_at ON room_links (state, holds_at);

CREATE INDEX ix_rounds_outcome_wakes_at ON rounds (outcome, wakes_at);

CREATE INDEX ix_rounds_proposal_id ON rounds (proposal_id);

CREATE INDEX ix_searches_group_id ON searches (group_id);

CREATE INDEX ix_seen_seen_at ON seen (seen_at);

CREATE INDEX ix_stance_changes_member_id ON stance_changes (member_id);

CREATE INDEX ix_stance_changes_round_id ON stance_changes (round_id);

CREATE INDEX ix_stances_member_id ON stances (member_id);

CREATE INDEX ix_tickets_answer_answer_by ON tickets (answer, answer_by);

INSERT INTO alembic_version VALUES ('0040');

